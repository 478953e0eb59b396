/// @file
/// What the board shows at one time, and how it is sent to browsers.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "cli/panels.hpp"

/// What is known of the site, and how that stands.
struct Snapshot {
    std::optional<fathom::cli::Panels> panels{}; ///< The newest that came; nothing before the first.
    std::optional<std::string> problem{};        ///< Why nothing newer came.
    std::chrono::sys_seconds next_at{};          ///< When the service is asked again, if somebody looks.
};

/// As one line of JSON.
[[nodiscard]] std::string to_json(const Snapshot& snapshot);
