// The command line of fathom-emulator.
#include "testing/fathom_emulator_options.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace fathom::testing {
namespace {

class ProgramOptions : public ::testing::Test {
protected:
    /// @throw CLI::ParseError
    void read(const std::string& option, const std::string& value) {
        std::vector<std::string> words{value, option}; // as the parser takes a vector: from the end
        program.parse(std::move(words));
    }

    ProgramOptions() { describe_options(program, options); }

    CLI::App program{};
    EmulatorOptions options{};
};

TEST_F(ProgramOptions, TakeCounts) {
    read("--seed", "7");
    EXPECT_EQ(options.seed, 7U);
    read("--concurrency", "0");
    EXPECT_EQ(options.limits.concurrency.requests, 0U);
}

TEST_F(ProgramOptions, TakeNoCountBelowZero) {
    for (const char* option : {"--seed", "--concurrency", "--other-reports", "--other-resources"}) {
        EXPECT_THROW(read(option, "-1"), CLI::ParseError) << option;
    }
}

TEST_F(ProgramOptions, TakeNoKeyThatNoRequestCanHave) {
    for (const char* key : {"", "a b", "a\tb", "\xc3\xa4"})
        EXPECT_THROW(read("--api-key", key), CLI::ParseError) << key;
    read("--api-key", "a-b_c~1");
    EXPECT_EQ(options.api_key, "a-b_c~1");
}

} // namespace
} // namespace fathom::testing
