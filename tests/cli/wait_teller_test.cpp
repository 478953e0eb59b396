// A command that waits for the limit says so, to people.
#include <chrono>
#include <sstream>

#include <gtest/gtest.h>

#include <fathom/testing/emulator.hpp>

#include "cli/wait_teller.hpp"
#include "command_line.hpp"

namespace fathom::cli {
namespace {

using namespace std::chrono_literals;

std::string told_of(std::chrono::nanoseconds wait) {
    std::ostringstream out;
    const ObservedCall call;
    wait_teller(out)->limiter_wait_started({.call = call, .expected = wait});
    return out.str();
}

TEST(Waits, AreToldInWholeSeconds) {
    EXPECT_EQ(told_of(41'200ms), "Waiting 42 s for the service's limit.\n");
    EXPECT_EQ(told_of(900ms), "") << "which is over before anybody wonders";
}

class WaitOfACommand : public ::testing::Test {
protected:
    WaitOfACommand() {
        emulator.add_site({.id = "SHOP", .name = "Shop", .timezone = "UTC"});
        emulator.inject(testing::faults::rate_limited(2s), {.times = 1});
    }
    testing::Emulator emulator{{.sample_data = testing::SampleData::none}};
    CommandLine fathom{emulator};
};

TEST_F(WaitOfACommand, IsToldOnATerminal) {
    fathom.error_width = 80;
    const Ended ended = fathom.run({"visitors", "SHOP"});
    EXPECT_EQ(ended.code, ExitCode::done) << ended.err;
    EXPECT_EQ(ended.err.find("Waiting "), 0U) << ended.err;
    EXPECT_EQ(ended.out, "0\n");
}

TEST_F(WaitOfACommand, IsNotToldToAProgramThatReadsErrors) {
    const Ended ended = fathom.run({"visitors", "SHOP"});
    EXPECT_EQ(ended.code, ExitCode::done) << ended.err;
    EXPECT_EQ(ended.err, "");
}

} // namespace
} // namespace fathom::cli
