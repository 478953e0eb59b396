// fathom top: in a terminal, and as one page or object.
#include <fathom/testing/emulator.hpp>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <string>
#include <vector>

#include "../terminal_program.hpp"
#include "cli/command_line.hpp"

namespace fathom::cli {
namespace {

const std::string long_path = "/a-path-that-is-much-too-long/for-a-third-of-a-terminal-of-eighty-columns";
// What leaves a terminal's second screen, and so brings back what was on the first.
const std::string leaves = "\033[?1049l";

class Top : public ::testing::Test {
protected:
    Top() {
        const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
        emulator.add_pageviews("SHOP",
                               {{.at = now, .traits = {.pathname = long_path, .country_code = "DE"}, .visits = 7}});
        emulator.set_current_visitors("SHOP", {{.total = 12}});
    }

    std::vector<std::string> environment(const std::string& terminal = "xterm-256color") const {
        return {"HOME=" + folder.home().string(), "FATHOM_BASE_URL=" + emulator.base_url(),
                "FATHOM_API_KEY=" + emulator.api_key(), "TERM=" + terminal, "LC_ALL=C.UTF-8"};
    }

    testing::Emulator emulator{{.dialect = testing::Dialect::live, .sample_data = testing::SampleData::none}};
    std::string shop = emulator.add_site({.id = "SHOP", .name = "The <shop>"});
    CommandLine folder{emulator};
};

TEST_F(Top, DrawsResizesAndLeavesTheTerminalAsItWas) {
    TerminalProgram program({FATHOM_CLI, "top", "SHOP"}, environment(), {.lines = 24, .columns = 80});
    ASSERT_TRUE(program.shows("12 visitors now")) << program.shown();
    ASSERT_TRUE(program.shows("7 visits today"));
    ASSERT_TRUE(program.shows("Countries by visits"));
    ASSERT_TRUE(program.shows("next in ")) << program.shown();
    EXPECT_FALSE(program.is_terminal_as_before()) << "what is typed does not show";
    EXPECT_EQ(program.shown().find(long_path), std::string::npos);
    EXPECT_EQ(emulator.request_count(), 7U);

    program.resize({.lines = 50, .columns = 240});
    ASSERT_TRUE(program.shows(long_path)) << program.shown();
    ASSERT_TRUE(program.shows("q quits")) << "the last line is drawn again, elsewhere";
    EXPECT_EQ(emulator.request_count(), 7U) << "another size asks for nothing";

    program.resize({.lines = 4, .columns = 10});
    ASSERT_TRUE(program.shows("12 visitor")) << program.shown();

    program.type("q");
    EXPECT_EQ(program.wait(), 0);
    EXPECT_NE(program.shown().find(leaves), std::string::npos);
    EXPECT_TRUE(program.is_terminal_as_before());
}

TEST_F(Top, LeavesTheTerminalAsItWasHoweverItEnds) {
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) {
        emulator.reset_limits();
        TerminalProgram program({FATHOM_CLI, "top", "SHOP"}, environment(), {});
        ASSERT_TRUE(program.shows("Asking about SHOP")) << program.shown();
        ::kill(program.id(), signal);
        EXPECT_EQ(program.wait(), 0) << signal;
        EXPECT_NE(program.shown().find(leaves), std::string::npos) << signal;
        EXPECT_TRUE(program.is_terminal_as_before()) << signal;
    }
}

TEST_F(Top, EndsWithItsTerminalThoughThatSignalIsIgnored) {
    TerminalProgram program({"/bin/sh", "-c", "trap '' HUP; exec " FATHOM_CLI " top SHOP"}, environment(), {});
    ASSERT_TRUE(program.shows("Asking about SHOP")) << program.shown();
    program.hang_up();
    EXPECT_GE(program.wait(), 0);
}

TEST_F(Top, SaysWhyItCannotGoOn) {
    TerminalProgram missing({FATHOM_CLI, "top", "NOPE"}, environment(), {});
    EXPECT_EQ(missing.wait(), 4);
    EXPECT_NE(missing.shown().find("Site not found"), std::string::npos) << missing.shown();
    EXPECT_TRUE(missing.is_terminal_as_before());

    TerminalProgram unknown({FATHOM_CLI, "top", "SHOP"}, environment("no-such-terminal"), {});
    EXPECT_EQ(unknown.wait(), 2);
    EXPECT_NE(unknown.shown().find("TERM names no terminal"), std::string::npos) << unknown.shown();
    EXPECT_TRUE(unknown.is_terminal_as_before());
}

TEST_F(Top, RefusesATerminalThatCannotBeDrawnOn) {
    TerminalProgram dumb({FATHOM_CLI, "top", "SHOP"}, environment("dumb"), {});
    EXPECT_EQ(dumb.wait(), 2);
    EXPECT_NE(dumb.shown().find("TERM names no terminal that can be drawn on"), std::string::npos) << dumb.shown();
    EXPECT_TRUE(dumb.is_terminal_as_before());
    EXPECT_EQ(emulator.request_count(), 0U);
}

TEST_F(Top, IsOneObjectAsJson) {
    const Ended ended = folder.run({"top", "SHOP", "--json"});
    ASSERT_EQ(ended.code, ExitCode::done) << ended.err;
    const auto panels = nlohmann::json::parse(ended.out);
    EXPECT_EQ(panels["site"], "SHOP");
    EXPECT_EQ(panels["timezone"], "UTC");
    EXPECT_EQ(panels["visitors"], 12);
    EXPECT_EQ(panels["visits_today"], 7);
    EXPECT_EQ(panels["hours"].size(), 24U);
    EXPECT_EQ(panels["pages"], nlohmann::json::parse(R"([{"pathname":")" + long_path + R"(","pageviews":1}])"));
    EXPECT_EQ(panels["referrers"], nlohmann::json::parse(R"([{"referrer_hostname":"","visits":7}])"));
    EXPECT_EQ(panels["countries"], nlohmann::json::parse(R"([{"country_code":"DE","visits":7}])"));
    EXPECT_EQ(folder.run({"top", "SHOP", "--csv"}).code, ExitCode::usage);
}

TEST_F(Top, IsOnePageAsHtml) {
    const Ended ended = folder.run({"top", "SHOP", "--html"});
    ASSERT_EQ(ended.code, ExitCode::done) << ended.err;
    for (const char* part : {"<main>", "<title>The &lt;shop&gt; (SHOP)</title>", "prefers-color-scheme: dark",
                             "12 visitors now", "<caption>Visits by hour, in UTC</caption>",
                             "<caption>Pages by views today</caption>", R"(<th scope="row">(direct)</th>)"}) {
        EXPECT_NE(ended.out.find(part), std::string::npos) << part;
    }
    for (const char* part : {"http:", "https:", "<script", "<shop>", "url("}) {
        EXPECT_EQ(ended.out.find(part), std::string::npos) << part;
    }
}

TEST_F(Top, IsOneTextInAPipe) {
    const Ended ended = folder.run({"top", "SHOP"});
    ASSERT_EQ(ended.code, ExitCode::done) << ended.err;
    EXPECT_TRUE(ended.out.starts_with("The <shop> (SHOP)  12 visitors now  7 visits today, 0 a week ago\n"))
        << ended.out;
    EXPECT_EQ(ended.out.find('\033'), std::string::npos);
}

} // namespace
} // namespace fathom::cli
