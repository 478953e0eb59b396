/// @file
/// Knows the threads that a loop is busy on, where waiting for that loop would never end.
#pragma once

namespace fathom::detail {

class Loop;

/// While it lives, this thread moves the calls of a loop on, or runs a continuation or hook of theirs.
class OccupiedThread {
public:
    explicit OccupiedThread(const Loop& loop) noexcept;
    OccupiedThread(const OccupiedThread&) = delete;
    OccupiedThread& operator=(const OccupiedThread&) = delete;
    ~OccupiedThread();

    /// Whether any loop is busy on this thread.
    [[nodiscard]] static bool is_this_one() noexcept;
    /// Whether that loop is busy on this thread.
    [[nodiscard]] static bool is_this_one(const Loop& loop) noexcept;

private:
    const Loop& loop_;
    const OccupiedThread* outer_; // a hook may make a blocking call on another client
};

} // namespace fathom::detail
