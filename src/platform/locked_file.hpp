/// @file
/// A small file that one process at a time reads and changes.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace fathom::detail {

/// An open file under an exclusive lock, which ends with the object.
class LockedFile {
public:
    /// Opens a regular file (or makes one that only its owner may read) and locks it.
    /// @param patience how long to wait for another who holds the lock
    /// @return nothing where the lock was held all that time
    /// @throws std::system_error where the file cannot be opened or locked, or is no regular file
    [[nodiscard]] static std::optional<LockedFile> open(const std::filesystem::path& path,
                                                        std::chrono::milliseconds patience);

    LockedFile(LockedFile&& other) noexcept;
    LockedFile& operator=(LockedFile&& other) noexcept;
    LockedFile(const LockedFile&) = delete;
    LockedFile& operator=(const LockedFile&) = delete;
    ~LockedFile();

    /// The whole content; of a larger file a little more than that. @throws std::system_error
    [[nodiscard]] std::string read_whole(std::size_t most) const;
    /// A part of the content, shorter where the file ends. @throws std::system_error
    [[nodiscard]] std::string read(std::size_t offset, std::size_t size) const;
    /// Overwrites what is there, or makes the file longer. @throws std::system_error; then a part may be written
    void write(std::string_view content, std::size_t offset) const;
    /// Drops what is behind. @throws std::system_error
    void cut(std::size_t size) const;

private:
    using Handle = std::intptr_t; // a file descriptor, or a HANDLE
    static constexpr Handle none = -1;

    explicit LockedFile(Handle handle) noexcept : handle_(handle) {}

    [[nodiscard]] static LockedFile open_unlocked(const std::filesystem::path& path);
    [[nodiscard]] bool try_lock();
    /// Reads what is there, which may be less; nothing at the end.
    std::size_t read_some(char* to, std::size_t size, std::size_t offset) const;
    /// Whether the path still names this file: others may delete or replace it.
    [[nodiscard]] bool is_at(const std::filesystem::path& path) const;

    Handle handle_;
    bool is_locked_ = false;
};

} // namespace fathom::detail
