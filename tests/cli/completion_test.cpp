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
