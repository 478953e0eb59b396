/// @file
/// Runs command lines as a person would, with streams, a terminal and an environment of the test's own.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <fathom/testing/emulator.hpp>

#include "cli/program.hpp"

namespace fathom::cli {

inline constexpr std::chrono::sys_seconds noon =
    std::chrono::sys_days{std::chrono::year{2026} / 11 / 20} + std::chrono::hours{12};

struct Ended {
    ExitCode code = ExitCode::done;
    std::string out{};
    std::string err{};
};

class CommandLine {
public:
    CommandLine() : home_(make_folder()) { variables["HOME"] = home_.string(); }
    explicit CommandLine(const testing::Emulator& emulator) : CommandLine() {
        variables["FATHOM_API_KEY"] = emulator.api_key();
        variables["FATHOM_BASE_URL"] = emulator.base_url();
    }
    CommandLine(const CommandLine&) = delete;
    CommandLine& operator=(const CommandLine&) = delete;
    ~CommandLine() { std::filesystem::remove_all(home_); }

    Ended run(std::vector<std::string> arguments, const std::string& input = {}) {
        std::istringstream in(input);
        std::ostringstream out;
        std::ostringstream err;
        Console console{.in = in,
                        .out = out,
                        .err = err,
                        .width = width,
                        .error_width = error_width,
                        .can_ask = can_ask,
                        .read_hidden =
                            [&in](const std::string&) {
                                std::string line;
                                std::getline(in, line);
                                return line;
                            },
                        .become = [](const std::string&, const std::vector<std::string>&) {}, // nothing is in PATH
                        .keyring = keyring,
                        .variable = [this](const char* name) -> std::optional<std::string> {
                            const auto found = variables.find(name);
                            return found == variables.end() ? std::nullopt : std::optional(found->second);
                        }};
        const ExitCode code = cli::run(std::move(arguments), console);
        return {code, out.str(), err.str()};
    }

    [[nodiscard]] const std::filesystem::path& home() const noexcept { return home_; }

    std::map<std::string, std::string> variables{};
    std::size_t width = 0;       ///< Of the terminal; 0: the output is piped.
    std::size_t error_width = 0; ///< The same of the standard error stream.
    bool can_ask = false;
    std::shared_ptr<Keyring> keyring{};

private:
    static std::filesystem::path make_folder() {
        static int count = 0;
        const auto folder = std::filesystem::temp_directory_path() /
                            ("fathom-cli-" + std::to_string(::getpid()) + "-" + std::to_string(++count));
        std::filesystem::create_directories(folder);
        return folder;
    }

    std::filesystem::path home_;
};

} // namespace fathom::cli
