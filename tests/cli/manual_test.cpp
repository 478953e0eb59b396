#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "cli/exit_code.hpp"
#include "command_line.hpp"

namespace fathom::cli {
namespace {

std::vector<std::string> words_of(const std::string& text) {
    std::istringstream in(text);
    return {std::istream_iterator<std::string>(in), {}};
}

/// As troff writes them.
std::string escaped(const std::string& text) {
    std::string result;
    for (const char c : text) result += c == '-' ? "\\-" : std::string(1, c);
    return result;
}

TEST(Manual, HasAllCommandsWithTheirOptions) {
    CommandLine fathom;
    const std::string manual = fathom.run({"manual"}).out;
    for (const std::string& command : words_of(fathom.run({"complete", "--"}).out)) {
        if (command.starts_with("--")) continue;
        EXPECT_NE(manual.find(".SS fathom " + escaped(command)), std::string::npos) << command;
    }
    for (const std::string& option : words_of(fathom.run({"complete", "--", "report", "pageviews"}).out)) {
        EXPECT_NE(manual.find(".B " + escaped(option)), std::string::npos) << option;
    }
}

TEST(Manual, HasNothingThatTroffCouldTakeForACommandOfItsOwn) {
    CommandLine fathom;
    std::istringstream lines(fathom.run({"manual"}).out);
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with('.')) continue;
        const auto commands = {".TH ", ".SH ", ".SS ", ".TP", ".B "};
        EXPECT_TRUE(std::ranges::any_of(commands, [&](const char* one) { return line.starts_with(one); })) << line;
    }
}

TEST(Manual, HasAllVariablesOfTheGuide) {
    std::ifstream file(FATHOM_GUIDE);
    const std::string guide{std::istreambuf_iterator<char>(file), {}};
    CommandLine fathom;
    const std::string manual = fathom.run({"manual"}).out;
    const std::regex variable("FATHOM_(?!BUILD_|CLI_)[A-Z_]+"); // the others are CMake's
    std::set<std::string> names;
    for (auto found = std::sregex_iterator(guide.begin(), guide.end(), variable); found != std::sregex_iterator();
         ++found) {
        names.insert(found->str());
    }
    EXPECT_TRUE(names.contains("FATHOM_LIMIT_FILE"));
    for (const std::string& name : names) EXPECT_NE(manual.find(".B " + name), std::string::npos) << name;
}

TEST(Manual, SaysOfExitCodesWhatTheGuideSays) {
    std::ifstream file(FATHOM_GUIDE);
    const std::string guide{std::istreambuf_iterator<char>(file), {}};
    for (const ExitCode code : all_exit_codes) {
        const std::string row =
            "| " + std::to_string(static_cast<int>(code)) + " | " + std::string(meaning_of(code)) + " |";
        EXPECT_NE(guide.find(row), std::string::npos) << row;
    }
}

} // namespace
} // namespace fathom::cli
