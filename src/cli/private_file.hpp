/// @file
/// Files and folders that nobody but their owner may read.
#pragma once

#include <filesystem>
#include <string_view>

namespace fathom::cli {

/// Makes the folder, and those above it, for their owner alone where they are not there.
/// @throw std::filesystem::filesystem_error
void make_private_folder(const std::filesystem::path& folder);

/// Writes a file that is never seen half-written, and never by others.
/// @throw std::filesystem::filesystem_error
void write_private_file(const std::filesystem::path& path, std::string_view content);

} // namespace fathom::cli
