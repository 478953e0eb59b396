/// @file
/// What the board is started with.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct Options {
    std::string site{};
    std::string host = "127.0.0.1";
    int port = 8080;
    int every = 60; ///< Seconds between two looks.
    std::string limit_file{};
    int reports_per_minute = 10;
    std::vector<std::string> names{}; ///< Under which it is reached besides its host.
};

/// How it is called.
extern const std::string_view usage;

/// What the words behind the program's name ask for; nothing where that is the usage.
/// @throw std::invalid_argument where they are wrong
[[nodiscard]] std::optional<Options> options_of(const std::vector<std::string>& words);
