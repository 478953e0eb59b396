/// @file
/// What the service may say wrong, and a file of the user's own may not.
#pragma once

#include <optional>
#include <string>

#include <fathom/error.hpp>

#include "../core/drift.hpp"
#include "../json/reader.hpp"
#include "../json/repair.hpp"

namespace fathom::detail {

/// The first value that could not be read, and would be lost. Bytes that are not UTF-8 are U+FFFD, as where they are written.
[[nodiscard]] inline std::optional<Error> unreadable_in(const DriftLog& drift) {
    for (const Drift& value : drift.kept()) {
        if (value.found == json::replaced_characters || value.found == json::missing) continue;
        std::string path = value.path.starts_with("[0].") ? value.path.substr(4) : value.path; // of a row
        if (path.empty()) path = "the text";
        return Error{.kind = ErrorKind::decode, .message = path + ": cannot be " + value.found};
    }
    return std::nullopt;
}

} // namespace fathom::detail
