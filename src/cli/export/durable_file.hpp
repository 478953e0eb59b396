/// @file
/// Files whose content is on the disk when a call returns.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace fathom::cli {

/// A file whose end is written again and again, by one process at a time.
class DurableFile {
public:
    /// Opens it, or makes an empty one.
    /// @throw std::filesystem::filesystem_error as all members do; UsageError where another process has it open
    explicit DurableFile(const std::filesystem::path& path);
    DurableFile(const DurableFile&) = delete;
    DurableFile& operator=(const DurableFile&) = delete;
    ~DurableFile();

    /// Writes the text at that offset, and cuts off what lies behind it.
    void replace_from(std::uint64_t offset, std::string_view text);

private:
    [[noreturn]] void fail() const;

    std::filesystem::path path_;
    int descriptor_ = -1;
};

/// Puts a file in the place of another one: at any moment there is either of them, whole.
/// @throw std::filesystem::filesystem_error
void replace_file(const std::filesystem::path& path, std::string_view content);

} // namespace fathom::cli
