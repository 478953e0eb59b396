/// @file
/// Files and folders that nobody but their owner may read.
#pragma once

#include <filesystem>
#include <functional>
#include <string_view>

namespace fathom::cli {

/// Makes the folder, and those above it, for their owner alone where they are not there.
/// @throw std::filesystem::filesystem_error
void make_private_folder(const std::filesystem::path& folder);

/// Writes a file that is never seen half-written, and never by others.
/// @throw std::filesystem::filesystem_error
void write_private_file(const std::filesystem::path& path, std::string_view content);

/// Does what writes files or folders.
/// @throw UsageError where that fails: a sentence with the remedy
void writing_or(const std::function<void()>& write, std::string_view remedy);

/// Held while a private file is read, changed and written, so that nothing is lost which another program writes meanwhile.
class PrivateFileLock {
public:
    /// Waits for whoever holds it. @throw std::filesystem::filesystem_error
    explicit PrivateFileLock(const std::filesystem::path& path);
    PrivateFileLock(const PrivateFileLock&) = delete;
    PrivateFileLock& operator=(const PrivateFileLock&) = delete;
    ~PrivateFileLock();

private:
    int descriptor_ = -1; ///< Of a file beside it; there is none on Windows.
};

} // namespace fathom::cli
