/// @file
/// Counting what a program asks of the heap.
#pragma once

#include <cstddef>

namespace fathom::benchmark {

/// What the whole process has asked of the heap so far, libraries included.
struct HeapUse {
    std::size_t allocations = 0;
    std::size_t bytes = 0;      ///< That are in use now.
    std::size_t peak_bytes = 0; ///< The most that were in use at any time since forget_heap_peak().
};

[[nodiscard]] HeapUse heap_use() noexcept;
/// The peak starts again from what is in use now.
void forget_heap_peak() noexcept;

} // namespace fathom::benchmark
