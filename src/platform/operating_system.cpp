// What is small and differs between operating systems.
#include <atomic>
#include <fstream>
#include <string>

#if defined(_WIN32)
#define NOMINMAX
#define WIN32_LEAN_AND_MEAN
#include <winsock2.h>
// after winsock2.h, which it must not replace
#include <windows.h>
#else
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>
#if defined(__APPLE__)
#include <sys/sysctl.h>

#include <array>
#endif
#endif

#include "boot.hpp"
#include "fork.hpp"
#include "socket.hpp"

namespace fathom::detail {

namespace {

#if !defined(_WIN32)
int native(std::intptr_t handle) { return static_cast<int>(handle); }
#endif

} // namespace

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

std::string boot_id() {
    std::string id;
#if defined(__APPLE__)
    std::array<char, 64> text{};
    std::size_t size = text.size() - 1;
    if (::sysctlbyname("kern.bootsessionuuid", text.data(), &size, nullptr, 0) == 0) id = text.data();
#else
    std::ifstream("/proc/sys/kernel/random/boot_id") >> id;
#endif
    return id.empty() ? "unknown" : id;
}

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
