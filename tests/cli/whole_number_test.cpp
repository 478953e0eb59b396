#include "cli/whole_number.hpp"

#include <fathom/testing/emulator.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "cli/exit_code.hpp"
#include "command_line.hpp"

namespace fathom::cli {
namespace {

/// Each ends with an option that takes a number, of which 64 and 100 would do.
const std::vector<std::vector<std::string>> all_that_take_numbers{
    {"sites", "list", "--timeout"}, {"report", "pageviews", "A", "--top"},
    {"visitors", "A", "--watch"},   {"top", "A", "--top"},
    {"top", "A", "--every"},        {"exporter", "--interval"},
    {"exporter", "--max-sites"},    {"exporter", "--stale-after"},
};

TEST(WholeNumbers, AreDecimalAlone) {
    const testing::Emulator emulator;
    CommandLine fathom(emulator);
    for (std::vector<std::string> arguments : all_that_take_numbers) {
        const std::string option = arguments.back();
        arguments.emplace_back();
        for (const char* number : {"0100", "0x64", "+64", "64.0", "1e2", " 64", "64s"}) {
            arguments.back() = number;
            const Ended ended = fathom.run(arguments);
            EXPECT_EQ(ended.code, ExitCode::usage) << ::testing::PrintToString(arguments);
            EXPECT_NE(ended.err.find(option + ": "), std::string::npos) << ended.err;
            EXPECT_NE(ended.err.find(" is no whole number such as "), std::string::npos) << ended.err;
        }
    }
    EXPECT_EQ(emulator.request_count(), 0U);
}

TEST(WholeNumbers, AreBetweenTheirEnds) {
    CommandLine fathom;
    for (const std::string number : {"0", "1001", "99999999999999999999"}) {
        const Ended ended = fathom.run({"report", "pageviews", "A", "--top", number});
        EXPECT_EQ(ended.code, ExitCode::usage) << number;
        EXPECT_NE(ended.err.find("--top: " + number + " is not from 1 to 1000"), std::string::npos) << ended.err;
    }
}

TEST(WholeNumbers, MayBeTheirEnds) {
    const CLI::Validator check = whole_number(0, 10);
    for (std::string number : {"0", "1", "10"}) EXPECT_EQ(check(number), "") << number;
}

} // namespace
} // namespace fathom::cli
