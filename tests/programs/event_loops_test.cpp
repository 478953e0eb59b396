// The programs in other event loops.
#include <chrono>
#include <filesystem>
#include <string>

#include "program_test.hpp"

namespace fathom {
namespace {

using namespace std::chrono;

/// The library whose loop it is.
class EventLoops : public ProgramTest, public ::testing::WithParamInterface<const char*> {
protected:
    void SetUp() override {
        if (!std::filesystem::exists(FATHOM_EXAMPLES "/" + program)) {
            GTEST_SKIP() << GetParam() << " was not there when the examples were built";
        }
    }

    const std::string program = std::string("event_loops/") + GetParam() + "_visitors";
};

TEST_P(EventLoops, ShowTheVisitorsOfAllSites) {
    emulator.add_site({.name = "Quiet"});
    const std::string busy = emulator.add_site({.name = "Busy"});
    emulator.add_pageviews(busy, {{.at = floor<seconds>(system_clock::now()), .visits = 3}});
    const Outcome outcome = run(program);
    EXPECT_NE(outcome.out.find("Quiet: 0\n"), std::string::npos) << outcome.out;
    EXPECT_NE(outcome.out.find("Busy: "), std::string::npos) << outcome.out;
    EXPECT_EQ(outcome.out.find("Busy: 0"), std::string::npos) << outcome.out;
    EXPECT_EQ(outcome.exit_code, 0) << outcome.error;
}

TEST_P(EventLoops, EndWithTheErrorOfACall) {
    ::setenv("FATHOM_API_KEY", "wrong", 1); // NOLINT(concurrency-mt-unsafe): no other thread reads it
    const Outcome outcome = run(program);
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_NE(outcome.error.find("unauthorized"), std::string::npos) << outcome.error;
}

INSTANTIATE_TEST_SUITE_P(In, EventLoops, ::testing::Values("asio", "glib", "libuv"),
                         [](const auto& library) { return std::string(library.param); });

} // namespace
} // namespace fathom
