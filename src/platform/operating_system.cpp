// Asks, in one file for the whole library, which operating system this is.
#include <array>
#include <atomic>
#include <cerrno>
#include <system_error>
#include <utility>

#if defined(_WIN32)
#define NOMINMAX
#define WIN32_LEAN_AND_MEAN
#include <winsock2.h>
// after winsock2.h, which it must not replace
#include <windows.h>
#else
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

#include "fork.hpp"
#include "locked_file.hpp"
#include "socket.hpp"

namespace fathom::detail {

namespace {

constexpr std::size_t chunk = 4096;

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

LockedFile::LockedFile(LockedFile&& other) noexcept : handle_(std::exchange(other.handle_, none)) {}

LockedFile& LockedFile::operator=(LockedFile&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
}

#if defined(_WIN32)

std::optional<LockedFile> LockedFile::try_open(const std::filesystem::path& path) {
    const HANDLE handle = ::CreateFileW(path.c_str(), GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE,
                                        nullptr, OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, nullptr);
    if (handle == INVALID_HANDLE_VALUE) fail("cannot open the limiter's file");
    LockedFile file(reinterpret_cast<Handle>(handle));
    OVERLAPPED whole{};
    const DWORD how = LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY;
    if (::LockFileEx(handle, how, 0, MAXDWORD, MAXDWORD, &whole)) return file;
    if (::GetLastError() == ERROR_LOCK_VIOLATION || ::GetLastError() == ERROR_IO_PENDING) return std::nullopt;
    fail("cannot lock the limiter's file");
}

LockedFile::~LockedFile() {
    if (handle_ != none) ::CloseHandle(native(handle_));
}

std::string LockedFile::read() const {
    std::string content;
    std::array<char, chunk> buffer{};
    ::SetFilePointer(native(handle_), 0, nullptr, FILE_BEGIN);
    for (DWORD got = 0;; content.append(buffer.data(), got)) {
        if (!::ReadFile(native(handle_), buffer.data(), static_cast<DWORD>(buffer.size()), &got, nullptr)) {
            fail("cannot read the limiter's file");
        }
        if (got == 0) return content;
    }
}

void LockedFile::write(std::string_view content) const {
    ::SetFilePointer(native(handle_), 0, nullptr, FILE_BEGIN);
    DWORD put = 0;
    const bool is_written =
        ::WriteFile(native(handle_), content.data(), static_cast<DWORD>(content.size()), &put, nullptr) &&
        put == content.size() && ::SetEndOfFile(native(handle_));
    if (!is_written) fail("cannot write the limiter's file");
}

#else

std::optional<LockedFile> LockedFile::try_open(const std::filesystem::path& path) {
    constexpr int owner_and_group = 0660;
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, owner_and_group);
    if (descriptor < 0) fail("cannot open the limiter's file");
    LockedFile file(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return file;
    if (errno == EWOULDBLOCK || errno == EINTR) return std::nullopt;
    fail("cannot lock the limiter's file");
}

LockedFile::~LockedFile() {
    if (handle_ != none) ::close(native(handle_));
}

std::string LockedFile::read() const {
    std::string content;
    std::array<char, chunk> buffer{};
    while (true) {
        const ssize_t got = ::pread(native(handle_), buffer.data(), buffer.size(), static_cast<off_t>(content.size()));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail("cannot read the limiter's file");
        if (got == 0) return content;
        content.append(buffer.data(), static_cast<std::size_t>(got));
    }
}

void LockedFile::write(std::string_view content) const {
    std::size_t done = 0;
    while (done < content.size()) {
        const ssize_t put =
            ::pwrite(native(handle_), content.data() + done, content.size() - done, static_cast<off_t>(done));
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) fail("cannot write the limiter's file");
        done += static_cast<std::size_t>(put);
    }
    if (::ftruncate(native(handle_), static_cast<off_t>(content.size())) != 0)
        fail("cannot shorten the limiter's file");
}

#endif

#if defined(_WIN32)

unsigned generation_of_process() noexcept { return 0; }

#else

unsigned generation_of_process() noexcept {
    static std::atomic<unsigned> generation = 0;
    // The handler outlives no library that is unloaded: nobody would unload one with clients in use.
    static const int registered = ::pthread_atfork(nullptr, nullptr, [] { ++generation; });
    static_cast<void>(registered); // fails only without memory, and then a fork is not noticed
    return generation.load(std::memory_order_relaxed);
}

#endif

#if defined(_WIN32)

void hold_back(NativeSocket) noexcept {}
void send_held_back(NativeSocket) noexcept {}

int close_socket(NativeSocket socket) noexcept { return ::closesocket(static_cast<SOCKET>(socket)); }

#else

namespace {

void set_held_back([[maybe_unused]] NativeSocket socket, [[maybe_unused]] int is_held_back) noexcept {
    // The BSDs and macOS have TCP_NOPUSH, but macOS does not send when it is taken back.
#if defined(TCP_CORK)
    ::setsockopt(native(socket), IPPROTO_TCP, TCP_CORK, &is_held_back, sizeof is_held_back);
#endif
}

} // namespace

void hold_back(NativeSocket socket) noexcept { set_held_back(socket, 1); }
void send_held_back(NativeSocket socket) noexcept { set_held_back(socket, 0); }

int close_socket(NativeSocket socket) noexcept { return ::close(native(socket)); }

#endif

} // namespace fathom::detail
