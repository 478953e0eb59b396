#include "occupied_thread.hpp"

#include <utility>

namespace fathom::detail {

namespace {

thread_local const OccupiedThread* innermost = nullptr;

} // namespace

OccupiedThread::OccupiedThread(const Loop& loop) noexcept : loop_(loop), outer_(std::exchange(innermost, this)) {}

OccupiedThread::~OccupiedThread() { innermost = outer_; }

bool OccupiedThread::is_this_one() noexcept { return innermost != nullptr; }

bool OccupiedThread::is_this_one(const Loop& loop) noexcept {
    for (const OccupiedThread* occupied = innermost; occupied != nullptr; occupied = occupied->outer_) {
        if (&occupied->loop_ == &loop) return true;
    }
    return false;
}

} // namespace fathom::detail
