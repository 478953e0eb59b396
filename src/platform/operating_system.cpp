// What is small and differs between operating systems.
#include <atomic>
#include <fstream>
#include <string>

#if defined(_WIN32)
#include <windows.h>
#else
#include <pthread.h>
#if defined(__APPLE__)
#include <sys/sysctl.h>

#include <array>
#endif
#endif

#include "boot.hpp"
#include "fork.hpp"

namespace fathom::detail {

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

} // namespace fathom::detail
