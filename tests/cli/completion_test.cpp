#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "command_line.hpp"

namespace fathom::cli {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

bool has(const std::vector<std::string>& lines, const std::string& line) {
    return std::find(lines.begin(), lines.end(), line) != lines.end();
}

TEST(Completion, KnowsCommandsAndTheirOptions) {
    CommandLine fathom;
    const auto first = lines_of(fathom.run({"complete", "--"}).out);
    for (const char* command :
         {"auth", "sites", "events", "milestones", "report", "visitors", "quota", "raw", "mcp", "completion"}) {
        EXPECT_TRUE(has(first, command)) << command;
    }
    EXPECT_FALSE(has(first, "complete"));
    EXPECT_TRUE(has(lines_of(fathom.run({"complete", "--", "sites"}).out), "remove"));
    const auto options = lines_of(fathom.run({"complete", "--", "report", "pageviews", "SHOP"}).out);
    for (const char* option : {"--last", "--group", "--json", "--account"}) EXPECT_TRUE(has(options, option)) << option;
}

TEST(Completion, TakesNoValueOfAnOptionForACommand) {
    CommandLine fathom;
    const auto after = [&fathom](std::vector<std::string> words) {
        words.insert(words.begin(), {"complete", "--"});
        return lines_of(fathom.run(words).out);
    };
    EXPECT_TRUE(has(after({"--account", "sites"}), "visitors")) << "of the whole program";
    EXPECT_TRUE(has(after({"--account", "report", "sites"}), "remove"));
    EXPECT_TRUE(has(after({"--account=work", "sites"}), "remove"));
    EXPECT_TRUE(has(after({"--yes", "sites"}), "remove")) << "which takes no value";
    EXPECT_TRUE(has(after({"sites", "--account", "list"}), "remove"));
}

TEST(Completion, HasAScriptForEachShell) {
    CommandLine fathom;
    for (const char* shell : {"bash", "zsh", "fish"}) {
        const Ended ended = fathom.run({"completion", shell});
        EXPECT_EQ(ended.code, ExitCode::done);
        EXPECT_NE(ended.out.find("fathom complete --"), std::string::npos) << shell;
    }
    EXPECT_EQ(fathom.run({"completion", "tcsh"}).code, ExitCode::usage);
}

TEST(Help, IsNoError) {
    CommandLine fathom;
    EXPECT_EQ(fathom.run({"--help"}).code, ExitCode::done);
    EXPECT_NE(fathom.run({"report", "pageviews", "--help"}).out.find("--compare"), std::string::npos);
    EXPECT_NE(fathom.run({"--version"}).out.find("fathom "), std::string::npos);
}

} // namespace
} // namespace fathom::cli
