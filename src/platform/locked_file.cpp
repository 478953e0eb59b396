#include "locked_file.hpp"

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <thread>
#include <utility>

#if defined(_WIN32)
#include <windows.h>
#else
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace fathom::detail {

std::optional<LockedFile> LockedFile::open(const std::filesystem::path& path, std::chrono::milliseconds patience) {
    using Clock = std::chrono::steady_clock;
    constexpr std::chrono::microseconds longest_pause{5'000};
    const auto give_up_at = Clock::now() + patience;
    LockedFile file = open_unlocked(path);
    for (std::chrono::microseconds pause{20};; pause = std::min(pause * 2, longest_pause)) {
        if (file.try_lock()) {
            if (file.is_at(path)) return file;
            file = open_unlocked(path);
        } else {
            std::this_thread::sleep_for(pause); // the systems know no wait for a lock that ends by time
        }
        if (Clock::now() >= give_up_at) return std::nullopt;
    }
}

LockedFile::LockedFile(LockedFile&& other) noexcept
    : handle_(std::exchange(other.handle_, none)), is_locked_(std::exchange(other.is_locked_, false)) {}

LockedFile& LockedFile::operator=(LockedFile&& other) noexcept {
    std::swap(handle_, other.handle_);
    std::swap(is_locked_, other.is_locked_);
    return *this;
}

namespace {

#if defined(_WIN32)

[[noreturn]] void fail(const char* what) {
    throw std::system_error(static_cast<int>(::GetLastError()), std::system_category(), what);
}

HANDLE native(std::intptr_t handle) { return reinterpret_cast<HANDLE>(handle); }

#else

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

int native(std::intptr_t handle) { return static_cast<int>(handle); }

#endif

} // namespace

std::string LockedFile::read(std::size_t offset, std::size_t size) const {
    std::string content(size, '\0');
    std::size_t got = 0;
    while (got < size) {
        const std::size_t more = read_some(content.data() + got, size - got, offset + got);
        if (more == 0) break;
        got += more;
    }
    content.resize(got);
    return content;
}

std::string LockedFile::read_whole(std::size_t most) const {
    constexpr std::size_t chunk = 65'536;
    std::string content;
    while (true) {
        const std::string more = read(content.size(), chunk);
        content.append(more);
        if (more.size() < chunk || content.size() > most) return content;
    }
}

#if defined(_WIN32)

LockedFile LockedFile::open_unlocked(const std::filesystem::path& path) {
    const HANDLE handle = ::CreateFileW(path.c_str(), GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE,
                                        nullptr, OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, nullptr);
    if (handle == INVALID_HANDLE_VALUE) fail("cannot open it");
    LockedFile file(reinterpret_cast<Handle>(handle));
    if (::GetFileType(handle) != FILE_TYPE_DISK) {
        throw std::system_error(std::make_error_code(std::errc::invalid_argument), "it is no regular file");
    }
    return file;
}

bool LockedFile::try_lock() {
    OVERLAPPED whole{};
    const DWORD how = LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY;
    is_locked_ = ::LockFileEx(native(handle_), how, 0, MAXDWORD, MAXDWORD, &whole) != 0;
    if (is_locked_ || ::GetLastError() == ERROR_LOCK_VIOLATION || ::GetLastError() == ERROR_IO_PENDING) {
        return is_locked_;
    }
    fail("cannot lock it");
}

/// A file that is open without FILE_SHARE_DELETE stays where it is.
bool LockedFile::is_at(const std::filesystem::path&) const { return true; }

LockedFile::~LockedFile() {
    if (handle_ != none) ::CloseHandle(native(handle_)); // unlocks: handles are not inherited
}

std::size_t LockedFile::read_some(char* to, std::size_t size, std::size_t offset) const {
    ::SetFilePointer(native(handle_), static_cast<LONG>(offset), nullptr, FILE_BEGIN);
    DWORD got = 0;
    if (!::ReadFile(native(handle_), to, static_cast<DWORD>(size), &got, nullptr)) fail("cannot read it");
    return got;
}

void LockedFile::write(std::string_view content, std::size_t offset) const {
    ::SetFilePointer(native(handle_), static_cast<LONG>(offset), nullptr, FILE_BEGIN);
    DWORD put = 0;
    const bool is_written =
        ::WriteFile(native(handle_), content.data(), static_cast<DWORD>(content.size()), &put, nullptr) &&
        put == content.size();
    if (!is_written) fail("cannot write it");
}

void LockedFile::cut(std::size_t size) const {
    ::SetFilePointer(native(handle_), static_cast<LONG>(size), nullptr, FILE_BEGIN);
    if (!::SetEndOfFile(native(handle_))) fail("cannot shorten it");
}

#else

LockedFile LockedFile::open_unlocked(const std::filesystem::path& path) {
    constexpr int owner_alone = 0600;
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, owner_alone);
    if (descriptor < 0) fail("cannot open it");
    LockedFile file(descriptor);
    struct stat facts{};
    if (::fstat(descriptor, &facts) != 0) fail("cannot open it");
    if (!S_ISREG(facts.st_mode)) { // a device may be read without end
        throw std::system_error(std::make_error_code(std::errc::invalid_argument), "it is no regular file");
    }
    return file;
}

bool LockedFile::try_lock() {
    is_locked_ = ::flock(native(handle_), LOCK_EX | LOCK_NB) == 0;
    if (!is_locked_ && errno != EWOULDBLOCK && errno != EINTR) fail("cannot lock it");
    return is_locked_;
}

bool LockedFile::is_at(const std::filesystem::path& path) const {
    struct stat there{};
    struct stat here{};
    return ::stat(path.c_str(), &there) == 0 && ::fstat(native(handle_), &here) == 0 && there.st_dev == here.st_dev &&
           there.st_ino == here.st_ino;
}

LockedFile::~LockedFile() {
    // To close it would not do: a child that was made by fork() meanwhile holds the same lock.
    if (is_locked_) ::flock(native(handle_), LOCK_UN);
    if (handle_ != none) ::close(native(handle_));
}

std::size_t LockedFile::read_some(char* to, std::size_t size, std::size_t offset) const {
    while (true) {
        const ssize_t got = ::pread(native(handle_), to, size, static_cast<off_t>(offset));
        if (got >= 0) return static_cast<std::size_t>(got);
        if (errno != EINTR) fail("cannot read it");
    }
}

void LockedFile::write(std::string_view content, std::size_t offset) const {
    while (!content.empty()) {
        const ssize_t put = ::pwrite(native(handle_), content.data(), content.size(), static_cast<off_t>(offset));
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) fail("cannot write it");
        content.remove_prefix(static_cast<std::size_t>(put));
        offset += static_cast<std::size_t>(put);
    }
}

void LockedFile::cut(std::size_t size) const {
    if (::ftruncate(native(handle_), static_cast<off_t>(size)) != 0) fail("cannot shorten it");
}

#endif

} // namespace fathom::detail
