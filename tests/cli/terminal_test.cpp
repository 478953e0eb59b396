// The program itself, in a terminal and in a pipe.
#include <fathom/testing/emulator.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <tuple>
#include <vector>

#include "command_line.hpp"
#include "terminal_program.hpp"

namespace fathom::cli {
namespace {

class InATerminal : public ::testing::Test {
protected:
    std::vector<std::string> environment() const {
        return {"HOME=" + folder.home().string(), "FATHOM_BASE_URL=" + emulator.base_url()};
    }
    std::vector<std::string> with_key(const std::string& more = "NO_COLOR=1") const {
        auto variables = environment();
        variables.push_back("FATHOM_API_KEY=" + emulator.api_key());
        variables.push_back(more);
        return variables;
    }

    /// With a secret-tool of the test's own, in which $file is what it keeps.
    std::vector<std::string> with_secret_tool(const std::string& cases) const {
        const auto tools = folder.home() / "tools";
        std::filesystem::create_directories(tools);
        std::ofstream(tools / "secret-tool")
            << "#!/bin/sh\nfile=" << (folder.home() / "kept").string() << "\ncase $1 in\n"
            << cases << "esac\n";
        std::filesystem::permissions(tools / "secret-tool", std::filesystem::perms::owner_all);
        auto variables = environment();
        variables.push_back("PATH=" + tools.string() + ":/usr/bin:/bin");
        return variables;
    }

    testing::Emulator emulator{{.dialect = testing::Dialect::live, .sample_data = testing::SampleData::none}};
    std::string site = emulator.add_site({.id = "SHOP", .name = std::string(100, 'x')});
    CommandLine folder{};
};

TEST_F(InATerminal, AKeyIsNotShownWhileItIsTyped) {
    const TerminalRun run =
        run_in_terminal({FATHOM_CLI, "auth", "login"}, environment(), 80, "API key", emulator.api_key() + "\n");
    EXPECT_EQ(run.exit_code, 0) << run.shown;
    EXPECT_EQ(run.shown.find(emulator.api_key()), std::string::npos) << run.shown;
    EXPECT_NE(run.shown.find("is kept as the account default"), std::string::npos) << run.shown;
}

TEST_F(InATerminal, WhatIsTypedShowsAgainAfterAnInterruptedLogin) {
    TerminalProgram program({FATHOM_CLI, "auth", "login"}, environment(), {});
    ASSERT_TRUE(program.shows("API key")) << program.shown();
    ASSERT_FALSE(program.is_terminal_as_before());
    ::kill(program.id(), SIGINT);
    std::ignore = program.wait();
    EXPECT_TRUE(program.is_terminal_as_before());
}

TEST_F(InATerminal, ALoginGoesOnThroughASignalThatIsIgnored) {
    TerminalProgram program({"/bin/sh", "-c", "trap '' HUP INT; exec " FATHOM_CLI " auth login"}, environment(), {});
    ASSERT_TRUE(program.shows("API key")) << program.shown();
    ::kill(program.id(), SIGHUP);
    ::kill(program.id(), SIGINT);
    program.type(emulator.api_key() + "\n");
    EXPECT_EQ(program.wait(), 0) << program.shown();
}

TEST_F(InATerminal, KeysOfLoginsAtTheSameTimeAreAllKept) {
    const std::string script = "for i in 1 2 3 4 5 6 7 8; do echo " + emulator.api_key() +
                               " | " FATHOM_CLI " auth login --account a$i & done; wait";
    const TerminalRun run = run_in_terminal({"/bin/sh", "-c", script}, environment(), 80);
    std::ifstream file(folder.home() / ".config" / "fathom" / "accounts.json");
    const std::string kept{std::istreambuf_iterator<char>(file), {}};
    for (int i = 1; i <= 8; ++i)
        EXPECT_NE(kept.find("\"a" + std::to_string(i) + '"'), std::string::npos) << i << run.shown;
}

TEST_F(InATerminal, ATableIsAsWideAsTheTerminal) {
    const TerminalRun narrow = run_in_terminal({FATHOM_CLI, "sites", "list", "--fields", "name,id"}, with_key(), 40);
    EXPECT_EQ(narrow.shown, "name" + std::string(32, ' ') + "id\r\n" + std::string(33, 'x') + "…  SHOP\r\n");
    const TerminalRun wide = run_in_terminal({FATHOM_CLI, "sites", "list", "--fields", "name,id"}, with_key(), 200);
    EXPECT_NE(wide.shown.find(std::string(100, 'x') + "  SHOP"), std::string::npos) << wide.shown;
}

TEST_F(InATerminal, OutputThatIsClosedIsAnError) {
    for (const std::string command : {"quota", "sites list", "--version"}) {
        const TerminalRun run = run_in_terminal({"/bin/sh", "-c", FATHOM_CLI " " + command + " >&-"}, with_key(), 80);
        EXPECT_EQ(run.exit_code, 1) << command;
        EXPECT_EQ(run.shown, "fathom: the output could not be written\r\n") << command;
    }
}

TEST_F(InATerminal, OutputThatIsClosedEndsAWatch) {
    const TerminalRun run =
        run_in_terminal({"/bin/sh", "-c", FATHOM_CLI " visitors SHOP --watch 60 >&-"}, with_key(), 80);
    EXPECT_EQ(run.exit_code, 1) << run.shown;
    EXPECT_EQ(emulator.request_count(), 1U);
}

TEST_F(InATerminal, AClosedInputGivesNoKey) {
    const TerminalRun run = run_in_terminal({"/bin/sh", "-c", FATHOM_CLI " auth login <&-"}, environment(), 80);
    EXPECT_EQ(run.exit_code, 2);
    EXPECT_NE(run.shown.find("no key was given"), std::string::npos) << run.shown;
}

TEST_F(InATerminal, WhatIsSaidToNobodyIsNoError) {
    const TerminalRun run =
        run_in_terminal({"/bin/sh", "-c", FATHOM_CLI " sites list --fields id 2>&-"}, with_key(), 80);
    EXPECT_EQ(run.exit_code, 0);
    EXPECT_EQ(run.shown, "id\r\nSHOP\r\n");
}

TEST_F(InATerminal, HeadingsAreBoldUnlessColoursAreNotWanted) {
    const std::vector<std::string> command{FATHOM_CLI, "sites", "list", "--fields", "id"};
    EXPECT_NE(run_in_terminal(command, with_key("X=1"), 80).shown.find("\033[1mid\033[0m"), std::string::npos);
    EXPECT_EQ(run_in_terminal(command, with_key(), 80).shown.find('\033'), std::string::npos);
}

TEST_F(InATerminal, WhatIsLongerThanItGoesToThePager) {
    for (int i = 0; i < 30; ++i) emulator.add_site({.name = "site " + std::to_string(i)});
    const std::vector<std::string> command{FATHOM_CLI, "sites", "list", "--fields", "name"};
    const TerminalRun run = run_in_terminal(command, with_key("PAGER=sed -n '1,2s/^/paged: /p'"), 80);
    EXPECT_EQ(run.exit_code, 0) << run.shown;
    EXPECT_TRUE(run.shown.starts_with("paged: \033[1mname\033[0m\r\npaged: ")) << run.shown;
    EXPECT_EQ(run.shown.find("site 29"), std::string::npos) << run.shown;

    const TerminalRun left = run_in_terminal(command, with_key("PAGER=true"), 80); // reads nothing
    EXPECT_EQ(left.exit_code, 0) << left.shown;
    const TerminalRun whole = run_in_terminal(command, with_key(), 80);
    EXPECT_NE(whole.shown.find("site 29"), std::string::npos) << whole.shown;
}

TEST_F(InATerminal, WhatNoPagerShowsIsPrinted) {
    for (int i = 0; i < 30; ++i) emulator.add_site({.name = "site " + std::to_string(i)});
    for (const std::string pager : {"/nowhere/pager", "/dev/null"}) { // one that is not there, one that may not be run
        const TerminalRun run = run_in_terminal({FATHOM_CLI, "sites", "list"}, with_key("PAGER=" + pager), 80);
        EXPECT_EQ(run.exit_code, 0) << run.shown;
        EXPECT_NE(run.shown.find("site 29"), std::string::npos) << run.shown;
    }
}

TEST_F(InATerminal, WhatFitsDoesNotGoToThePager) {
    const TerminalRun run =
        run_in_terminal({FATHOM_CLI, "sites", "list", "--fields", "id"}, with_key("PAGER=false"), 80);
    EXPECT_NE(run.shown.find("SHOP"), std::string::npos) << run.shown;
}

/// Against a program of the test's own, which keeps in a file what it is given on its standard input, by its arguments.
TEST_F(InATerminal, AKeyGoesToTheKeyringThroughAPipe) {
    auto variables = with_secret_tool("store) shift 3; echo \"$@\" >$file.arguments; cat >$file ;;\n"
                                      "lookup) cat $file ;;\n");
    const TerminalRun login = run_in_terminal({FATHOM_CLI, "auth", "login", "--keyring", "--account", "it's \"mine\""},
                                              variables, 80, "API key", emulator.api_key() + "\n");
    EXPECT_EQ(login.exit_code, 0) << login.shown;
    std::ifstream arguments(folder.home() / "kept.arguments");
    const std::string line{std::istreambuf_iterator<char>(arguments), {}};
    EXPECT_EQ(line, "service fathom account it's \"mine\"\n");
    const TerminalRun list =
        run_in_terminal({FATHOM_CLI, "sites", "list", "--account", "it's \"mine\""}, variables, 80);
    EXPECT_EQ(list.exit_code, 0) << list.shown;

    variables.back() = "PATH=/nowhere";
    const TerminalRun none = run_in_terminal({FATHOM_CLI, "auth", "login", "--keyring"}, variables, 80, "API key",
                                             emulator.api_key() + "\n");
    EXPECT_EQ(none.exit_code, 2) << none.shown;
    EXPECT_NE(none.shown.find("libsecret-tools"), std::string::npos) << none.shown;
}

TEST_F(InATerminal, AKeyIsForgottenWhereTheKeyringHasItNoMore) {
    const std::string keeps = "store) cat >$file ;;\nsearch) test ! -e $file || echo '[/1]' ;;\n";
    auto variables = with_secret_tool(keeps + "clear) exit 0 ;;\n"); // as of an item that is locked
    const TerminalRun login = run_in_terminal({FATHOM_CLI, "auth", "login", "--keyring"}, variables, 80, "API key",
                                              emulator.api_key() + "\n");
    EXPECT_EQ(login.exit_code, 0) << login.shown;
    const TerminalRun kept = run_in_terminal({FATHOM_CLI, "auth", "logout"}, variables, 80);
    EXPECT_EQ(kept.exit_code, 1) << kept.shown;

    variables = with_secret_tool(keeps + "clear) rm $file; exit 1 ;;\n"); // as of one that is not there
    const TerminalRun logout = run_in_terminal({FATHOM_CLI, "auth", "logout"}, variables, 80);
    EXPECT_EQ(logout.exit_code, 0) << logout.shown;
    EXPECT_NE(logout.shown.find("is forgotten here"), std::string::npos) << logout.shown;
}

TEST_F(InATerminal, TheEmulatorIsStartedWithItsOwnOptions) {
    auto variables = environment();
    const std::filesystem::path program = FATHOM_EMULATOR;
    variables.push_back("PATH=" + program.parent_path().string());
    const TerminalRun help = run_in_terminal({FATHOM_CLI, "emulator", "--help"}, variables, 80);
    EXPECT_EQ(help.exit_code, 0) << help.shown;
    EXPECT_NE(help.shown.find("fathom-emulator"), std::string::npos) << help.shown;
    EXPECT_NE(help.shown.find("--port"), std::string::npos) << help.shown;

    variables.back() = "PATH=/nowhere";
    const TerminalRun missing = run_in_terminal({FATHOM_CLI, "emulator", "--port", "0"}, variables, 80);
    EXPECT_EQ(missing.exit_code, 2) << missing.shown;
    EXPECT_NE(missing.shown.find("component testing"), std::string::npos) << missing.shown;
}

TEST_F(InATerminal, AnExportShowsHowFarItIs) {
    using namespace std::chrono_literals;
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    emulator.add_pageviews(site, {{.at = now - 100 * 24h}});
    const std::string file = (folder.home() / "file.csv").string();
    const TerminalRun run = run_in_terminal({FATHOM_CLI, "export", site, "-o", file}, with_key(), 100);
    EXPECT_EQ(run.exit_code, 0) << run.shown;
    EXPECT_NE(run.shown.find("░   0 %, 0 requests made, 1 to come, 0 s left\033[K"), std::string::npos) << run.shown;
    EXPECT_NE(run.shown.find("\r\033[Ksite_id  rows  from"), std::string::npos) << run.shown;
}

} // namespace
} // namespace fathom::cli
