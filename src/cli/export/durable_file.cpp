#include "durable_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#if defined(_WIN32)
#include <io.h>
#include <share.h>
#else
#include <sys/file.h>
#include <unistd.h>
#endif

#include "../exit_code.hpp"

namespace fathom::cli {

namespace fs = std::filesystem;

namespace {

#if defined(_WIN32)

int open_alone(const fs::path& path) {
    int descriptor = -1;
    const int problem =
        ::_wsopen_s(&descriptor, path.c_str(), _O_RDWR | _O_CREAT | _O_BINARY, _SH_DENYWR, _S_IREAD | _S_IWRITE);
    errno = problem == EACCES ? EWOULDBLOCK : problem;
    return descriptor;
}
bool seek(int descriptor, std::uint64_t offset) {
    return ::_lseeki64(descriptor, static_cast<std::int64_t>(offset), SEEK_SET) >= 0;
}
std::ptrdiff_t write_some(int descriptor, std::string_view text) {
    constexpr std::size_t most = 1U << 30U;
    return ::_write(descriptor, text.data(), static_cast<unsigned>(std::min(text.size(), most)));
}
bool cut(int descriptor, std::uint64_t size) { return ::_chsize_s(descriptor, static_cast<std::int64_t>(size)) == 0; }
bool sync(int descriptor) { return ::_commit(descriptor) == 0; }
void close_file(int descriptor) { ::_close(descriptor); }
void sync_folder_of(const fs::path&) {} // the file system's journal sees to that

#else

/// Whether the path still leads to it, and not to another file or none.
bool is_at(int descriptor, const fs::path& path) {
    struct stat opened{};
    struct stat named{};
    return ::fstat(descriptor, &opened) == 0 && ::stat(path.c_str(), &named) == 0 && opened.st_dev == named.st_dev &&
           opened.st_ino == named.st_ino;
}

int open_alone(const fs::path& path) {
    constexpr mode_t readable = 0644;
    while (true) {
        const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, readable);
        if (descriptor < 0) return descriptor;
        const bool is_alone = ::flock(descriptor, LOCK_EX | LOCK_NB) == 0;
        if (is_alone && is_at(descriptor, path)) return descriptor;
        const int problem = errno;
        ::close(descriptor);
        errno = problem;
        if (!is_alone) return -1; // else whoever had it has removed it since
    }
}
bool seek(int descriptor, std::uint64_t offset) {
    return ::lseek(descriptor, static_cast<off_t>(offset), SEEK_SET) >= 0;
}
std::ptrdiff_t write_some(int descriptor, std::string_view text) {
    return ::write(descriptor, text.data(), text.size());
}
bool cut(int descriptor, std::uint64_t size) { return ::ftruncate(descriptor, static_cast<off_t>(size)) == 0; }
bool sync(int descriptor) { return ::fsync(descriptor) == 0; }
void close_file(int descriptor) { ::close(descriptor); }
void sync_folder_of(const fs::path& path) {
    const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return; // a folder that may not be read
    ::fsync(descriptor);
    ::close(descriptor);
}

#endif

} // namespace

DurableFile::DurableFile(const fs::path& path) : path_(path), descriptor_(open_alone(path)) {
    if (descriptor_ < 0 && errno == EWOULDBLOCK) {
        throw UsageError(path.string() + " is being written by another export; wait for its end");
    }
    if (descriptor_ < 0) fail();
    sync_folder_of(path);
}

DurableFile::~DurableFile() { close_file(descriptor_); }

void DurableFile::replace_from(std::uint64_t offset, std::string_view text) {
    const std::uint64_t end = offset + text.size();
    if (!seek(descriptor_, offset)) fail();
    while (!text.empty()) {
        const std::ptrdiff_t written = write_some(descriptor_, text);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) fail();
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    if (!cut(descriptor_, end) || !sync(descriptor_)) fail();
}

void DurableFile::fail() const {
    throw fs::filesystem_error("cannot be written", path_, std::error_code(errno, std::generic_category()));
}

void replace_file(const fs::path& path, std::string_view content) {
    fs::path draft = path;
    draft += ".new";
    DurableFile(draft).replace_from(0, content);
    fs::rename(draft, path);
    sync_folder_of(path);
}

} // namespace fathom::cli
