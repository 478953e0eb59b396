/// @file
/// State behind a lock, in a process that forks.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <utility>

#include "../platform/fork.hpp"

namespace fathom::detail {

/// What several objects share, and what is made anew in the child of a fork(): in its copy a lock may be held by a thread that
/// is not there to release it.
template <class Shared>
class ForkedAnew {
public:
    using Make = std::function<std::unique_ptr<Shared>()>;

    explicit ForkedAnew(Make make) : make_(std::move(make)), first_(make_()) {}
    ForkedAnew(const ForkedAnew&) = delete;
    ForkedAnew& operator=(const ForkedAnew&) = delete;
    ~ForkedAnew() { delete heir_.load(); }

    /// That of this process.
    [[nodiscard]] Shared& get() const {
        const unsigned present = generation_of_process();
        if (present == generation_) return *first_;
        Heir* known = heir_.load();
        if (known != nullptr && known->generation == present) return *known->shared;
        auto fresh = std::make_unique<Heir>(Heir{present, make_()});
        // One of the parent's is left alone, as its first is.
        if (heir_.compare_exchange_strong(known, fresh.get())) known = fresh.release();
        return *known->shared;
    }

private:
    struct Heir {
        unsigned generation;
        std::unique_ptr<Shared> shared;
    };

    const unsigned generation_ = generation_of_process();
    const Make make_;
    const std::unique_ptr<Shared> first_;
    mutable std::atomic<Heir*> heir_{nullptr};
};

} // namespace fathom::detail
