/// @file
/// Work on one thread: what is to be done next, and who may go next.
#pragma once

#include <chrono>
#include <condition_variable>
#include <coroutine>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <utility>

namespace fathom::cli {

/// Work that any thread hands over and one thread does.
class WorkQueue {
public:
    void post(std::function<void()> work);
    /// Does what is there, or comes within that time.
    void run_for(std::chrono::milliseconds longest);

private:
    std::mutex mutex_{};
    std::condition_variable changed_{};
    std::deque<std::function<void()>> work_{};
};

/// Lets so many coroutines of one thread go at a time, in the order in which they came. Who has gone queues again behind all
/// others, so that none of them gets far before the rest.
class Turns {
public:
    Turns(WorkQueue& queue, std::size_t count) : queue_(queue), free_(count) {}

    /// The right to go, given back at its end.
    class Turn {
    public:
        explicit Turn(Turns& turns) noexcept : turns_(&turns) {}
        Turn(Turn&& other) noexcept : turns_(std::exchange(other.turns_, nullptr)) {}
        Turn& operator=(Turn&&) = delete;
        ~Turn() {
            if (turns_ != nullptr) turns_->give_back();
        }

    private:
        Turns* turns_;
    };

    class Awaiter {
    public:
        explicit Awaiter(Turns& turns) noexcept : turns_(turns) {}
        [[nodiscard]] bool await_ready() const noexcept {
            if (turns_.free_ == 0) return false;
            --turns_.free_;
            return true;
        }
        void await_suspend(std::coroutine_handle<> waiting) const { turns_.waiting_.push_back(waiting); }
        [[nodiscard]] Turn await_resume() const noexcept { return Turn(turns_); }

    private:
        Turns& turns_;
    };

    /// `const auto turn = co_await turns.take();`
    [[nodiscard]] Awaiter take() noexcept { return Awaiter(*this); }

private:
    void give_back();

    WorkQueue& queue_;
    std::size_t free_;
    std::deque<std::coroutine_handle<>> waiting_{};
};

} // namespace fathom::cli
