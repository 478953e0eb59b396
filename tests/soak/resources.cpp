#include "resources.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include <unistd.h>
#if defined(FATHOM_SANITIZED)
#include <sanitizer/allocator_interface.h>
#elif defined(__GLIBC__)
#include <malloc.h>
#endif

namespace fathom::soak {

namespace {

std::optional<std::size_t> live_heap() {
#if defined(FATHOM_SANITIZED)
    return __sanitizer_get_current_allocated_bytes();
#elif defined(__GLIBC__) && __GLIBC_PREREQ(2, 33)
    const struct mallinfo2 all = ::mallinfo2();
    return all.uordblks + all.hblkhd;
#else
    return std::nullopt;
#endif
}

std::optional<std::size_t> resident() {
    std::ifstream sizes("/proc/self/statm");
    std::size_t all = 0;
    std::size_t resident = 0;
    if (!(sizes >> all >> resident)) return std::nullopt;
    return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

std::optional<std::size_t> entries_of(const char* folder) {
    std::error_code error;
    std::filesystem::directory_iterator entries(folder, error);
    if (error) return std::nullopt;
    return static_cast<std::size_t>(std::distance(begin(entries), end(entries)));
}

} // namespace

Resources resources_now() {
    return {.live_heap = live_heap(),
            .resident = resident(),
            .descriptors = entries_of("/proc/self/fd"),
            .threads = entries_of("/proc/self/task")};
}

} // namespace fathom::soak
