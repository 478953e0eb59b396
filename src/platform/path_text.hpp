/// @file
/// A path as text.
#pragma once

#include <filesystem>
#include <string>

namespace fathom::detail {

/// In UTF-8, as all text of the library is. On Windows string() may be in another encoding, and throws where that has no such
/// character.
[[nodiscard]] inline std::string utf8_text(const std::filesystem::path& path) {
    const std::u8string text = path.u8string();
    return {text.begin(), text.end()};
}

} // namespace fathom::detail
