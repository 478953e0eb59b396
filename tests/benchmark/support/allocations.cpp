#include "allocations.hpp"

#include <malloc.h>

#include <atomic>
#include <cerrno>
#include <cstdint>

// The heap's functions are replaced by ones that count and then call glibc's own, by the names that it keeps for that. So
// the C libraries are counted too, and operator new, which calls malloc.
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* old, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
void __libc_free(void* memory);
}

namespace {

std::atomic<std::size_t> allocations = 0;
std::atomic<std::size_t> bytes = 0;
std::atomic<std::size_t> peak_bytes = 0;

void* count(void* memory) noexcept {
    if (memory == nullptr) return memory;
    allocations.fetch_add(1, std::memory_order_relaxed);
    const std::size_t size = malloc_usable_size(memory);
    const std::size_t now = bytes.fetch_add(size, std::memory_order_relaxed) + size;
    std::size_t peak = peak_bytes.load(std::memory_order_relaxed);
    while (now > peak && !peak_bytes.compare_exchange_weak(peak, now, std::memory_order_relaxed)) {
    }
    return memory;
}

void uncount(void* memory) noexcept {
    if (memory != nullptr) bytes.fetch_sub(malloc_usable_size(memory), std::memory_order_relaxed);
}

} // namespace

extern "C" {

void* malloc(std::size_t size) { return count(__libc_malloc(size)); }

void* calloc(std::size_t number, std::size_t size) { return count(__libc_calloc(number, size)); }

void* realloc(void* old, std::size_t size) {
    uncount(old);
    void* const memory = __libc_realloc(old, size);
    if (memory == nullptr && size != 0 && old != nullptr) { // the old memory stays
        bytes.fetch_add(malloc_usable_size(old), std::memory_order_relaxed);
        return nullptr;
    }
    return count(memory);
}

void* aligned_alloc(std::size_t alignment, std::size_t size) { return count(__libc_memalign(alignment, size)); }

void* memalign(std::size_t alignment, std::size_t size) { return count(__libc_memalign(alignment, size)); }

int posix_memalign(void** memory, std::size_t alignment, std::size_t size) {
    *memory = count(__libc_memalign(alignment, size));
    return *memory == nullptr ? ENOMEM : 0;
}

void free(void* memory) {
    uncount(memory);
    __libc_free(memory);
}

} // extern "C"

namespace fathom::benchmark {

HeapUse heap_use() noexcept { return {allocations, bytes, peak_bytes}; }

void forget_heap_peak() noexcept { peak_bytes = bytes.load(); }

} // namespace fathom::benchmark
