/// @file
/// A small file that one process at a time reads and rewrites; the only room that knows the operating system's locks.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace fathom::detail {

/// An open file under an exclusive lock, which ends with the object.
class LockedFile {
public:
    /// Opens (or makes) the file and locks it.
    /// @return nothing where another holds the lock
    /// @throws std::system_error where the file cannot be opened or locked
    [[nodiscard]] static std::optional<LockedFile> try_open(const std::filesystem::path& path);

    LockedFile(LockedFile&& other) noexcept;
    LockedFile& operator=(LockedFile&& other) noexcept;
    LockedFile(const LockedFile&) = delete;
    LockedFile& operator=(const LockedFile&) = delete;
    ~LockedFile();

    /// The whole content. @throws std::system_error
    [[nodiscard]] std::string read() const;
    /// Replaces the content. @throws std::system_error
    void write(std::string_view content) const;

private:
    using Handle = std::intptr_t; // a file descriptor, or a HANDLE
    static constexpr Handle none = -1;

    explicit LockedFile(Handle handle) noexcept : handle_(handle) {}

    Handle handle_;
};

} // namespace fathom::detail
