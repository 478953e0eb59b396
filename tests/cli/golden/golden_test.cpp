// What each command prints, on terminals of 80 and of 200 columns and into a pipe: the transcripts beside this file. Each is run
// again, command by command, and must come out as it is. A new command is written into one of them, without what it prints;
// with FATHOM_WRITE_GOLDEN=1 the tests write what there is to read, and to review.
#include <fathom/testing/emulator.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "../command_line.hpp"

namespace fathom::cli {
namespace {

using namespace std::chrono_literals;

const std::filesystem::path folder = FATHOM_SOURCE_DIR "/tests/cli/golden";

std::vector<std::string> transcripts() {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() == ".txt") names.push_back(entry.path().stem().string());
    }
    std::ranges::sort(names);
    return names;
}

std::string content(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Words at spaces; between double quotes a space is part of a word, and so is what follows a backslash.
std::vector<std::string> words_of(std::string_view command) {
    std::vector<std::string> words(1);
    bool is_quoted = false;
    bool is_escaped = false;
    for (const char c : command) {
        if (std::exchange(is_escaped, c == '\\' && !is_escaped))
            words.back() += c;
        else if (c == '\\')
            continue;
        else if (c == '"')
            is_quoted = !is_quoted;
        else if (c == ' ' && !is_quoted)
            words.emplace_back();
        else
            words.back() += c;
    }
    return words;
}

std::string with(std::string text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
    return text;
}

/// A service at which everybody has a little of everything.
class Golden : public ::testing::TestWithParam<std::string> {
protected:
    Golden() {
        emulator.add_site({.id = "SHOP", .name = "The shop", .timezone = "Europe/Berlin", .created_at = noon - 2400h});
        emulator.add_site(
            {.id = "BLOG",
             .name = "A journal of everything that was ever written about the making and mending of clocks",
             .timezone = "UTC",
             .created_at = noon - 240h});
        const std::string long_path = "/articles/2026/" + std::string(90, 'x') + "/comments";
        const auto add = [&](std::chrono::hours ago, const std::string& path, const char* country, std::int64_t count) {
            emulator.add_pageviews("SHOP", {{.at = noon - ago,
                                             .traits = {.pathname = path, .country_code = country},
                                             .visits = count,
                                             .uniques = count,
                                             .pageviews = 2 * count}});
        };
        add(24h, "/", "DE", 1240);
        add(24h, long_path, "US", 310);
        add(48h, "/", "FR", 600);
        add(72h, "/über-uns", "DE", 8);
        (void)emulator.add_event("SHOP", {.name = "Purchase"});
        emulator.add_conversions("SHOP", "Purchase", {{.at = noon - 24h, .conversions = 3, .unique_conversions = 2}});
        emulator.set_current_visitors("SHOP", {{.total = 31, .pathname = "/"}, {.total = 4, .pathname = long_path}});
        fathom.variables["FATHOM_REPORTS_PER_MINUTE"] = "1000";
    }

    /// What a line of a transcript asks for, and what came of it.
    std::string run(const std::string& prompt, const std::string& command) {
        fathom.width = fathom.error_width = prompt == "80 columns" ? 80U : prompt == "200 columns" ? 200U : 0U;
        std::vector<std::string> words = words_of(with(command, "HOME", fathom.home().string()));
        EXPECT_EQ(words.front(), "fathom");
        words.erase(words.begin());
        const Ended ended = fathom.run(words, emulator.api_key() + "\n");
        std::string text = ended.out + ended.err;
        if (ended.code != ExitCode::done) text += "[exit code " + std::to_string(static_cast<int>(ended.code)) + "]\n";
        text = with(with(text, emulator.base_url(), "ADDRESS"), fathom.home().string(), "HOME");
        return with(with(text, "\t", "→"), "\r", "␍");
    }

    testing::Emulator emulator{{.dialect = testing::Dialect::live,
                                .sample_data = testing::SampleData::none,
                                .now = noon,
                                .limits = {.enforced = false}}};
    CommandLine fathom{emulator};
};

TEST_P(Golden, IsWhatTheCommandsPrint) {
    const std::filesystem::path path = folder / (GetParam() + ".txt");
    const std::string expected = content(path);
    std::string actual;
    std::istringstream lines(expected);
    std::size_t commands = 0;
    for (std::string line; std::getline(lines, line);) {
        const std::size_t end_of_prompt = line.find("$ fathom ");
        if (end_of_prompt == std::string::npos) continue;
        ++commands;
        if (!actual.empty()) actual += '\n';
        actual += line + '\n' + run(line.substr(0, end_of_prompt), line.substr(end_of_prompt + 2));
    }
    EXPECT_GT(commands, 0U);
    if (std::getenv("FATHOM_WRITE_GOLDEN") != nullptr) std::ofstream(path, std::ios::binary) << actual;
    EXPECT_EQ(actual, expected) << "if that is meant: FATHOM_WRITE_GOLDEN=1 ctest -R Golden, and review the difference";
}

/// @return the commands below the words, and those below them; the words themselves where there is none
std::vector<std::string> commands_below(CommandLine& fathom, const std::vector<std::string>& words) {
    std::vector<std::string> asked{"complete", "--"};
    asked.insert(asked.end(), words.begin(), words.end());
    std::istringstream offered(fathom.run(asked).out);
    std::vector<std::string> found;
    for (std::string word; std::getline(offered, word);) {
        if (word.starts_with("-")) continue;
        std::vector<std::string> longer = words;
        longer.push_back(word);
        for (std::string& command : commands_below(fathom, longer)) found.push_back(std::move(command));
    }
    if (!found.empty()) return found;
    std::string command = "fathom";
    for (const std::string& word : words) command += ' ' + word;
    return {command};
}

TEST(Transcripts, HoldEachCommandOnEachWidth) {
    std::string all;
    for (const std::string& name : transcripts()) all += content(folder / (name + ".txt"));
    CommandLine fathom;
    const std::vector<std::string> commands = commands_below(fathom, {});
    EXPECT_GT(commands.size(), 20U);
    for (const std::string& command : commands) {
        for (const char* prompt : {"80 columns$ ", "200 columns$ ", "pipe$ "}) {
            EXPECT_NE(all.find(prompt + command), std::string::npos) << prompt << command;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Transcript, Golden, ::testing::ValuesIn(transcripts()),
                         [](const auto& transcript) { return with(transcript.param, "-", "_"); });

} // namespace
} // namespace fathom::cli
