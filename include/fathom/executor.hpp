/// @file
/// Executor: where the continuations of futures run.
#pragma once

#include <fathom/detail/language.hpp>

#include <concepts>
#include <coroutine>
#include <memory>
#include <type_traits>
#include <utility>

#include <fathom/detail/access.hpp>
#include <fathom/export.hpp>

namespace fathom::detail {

/// Resumes a coroutine, and what follows from that, before it returns: what runs it may be an event loop within a
/// continuation, such as that of a dialog.
FATHOM_EXPORT void resume_apart(std::coroutine_handle<> coroutine) noexcept;

} // namespace fathom::detail

namespace fathom::inline v0_2 {

/// What an Executor is given to run. It is as cheap to copy as a pointer.
class Task {
public:
    /// Does the work. To be called once, on one copy.
    void operator()() const { detail::resume_apart(work_); }

private:
    friend struct detail::Access;
    explicit Task(std::coroutine_handle<> work) noexcept : work_(work) {}

    std::coroutine_handle<> work_;
};

} // namespace fathom::inline v0_2

namespace fathom::detail {

// A type of our own, since the header of std::function is a tenth of what a file costs that includes this library.
class AnyExecutor {
public:
    AnyExecutor() = default;
    AnyExecutor(const AnyExecutor&) = delete;
    AnyExecutor& operator=(const AnyExecutor&) = delete;
    virtual ~AnyExecutor() = default;
    virtual void run(Task task) = 0;
};

template <class F>
class ExecutorOf final : public AnyExecutor {
public:
    explicit ExecutorOf(F function) : function_(std::move(function)) {}
    void run(Task task) override { static_cast<void>(function_(task)); }

private:
    F function_;
};

} // namespace fathom::detail

namespace fathom::inline v0_2 {

/// Takes a task and runs it, once, where and when it likes: on the thread of a window system, in a frame loop, in a pool.
/// Any function that takes a Task makes one, or that takes what a Task converts to, such as `std::function<void()>`. It is
/// called from the client's background thread, and must run every task that it is given; one that runs them before it returns
/// takes a piece of the stack for each step of a chain. Where it throws in place of taking a
/// task, the task runs where it is, and gets an Error of kind internal as outcome.
class Executor {
public:
    /// None: tasks run on the client's background thread.
    Executor() noexcept = default;
    /// Copies of the executor share the function.
    template <class F>
        requires(!std::same_as<F, Executor> && std::invocable<F&, Task>)
    Executor(F function) // NOLINT(google-explicit-constructor): as std::function does
        : function_(std::make_shared<detail::ExecutorOf<F>>(std::move(function))) {}

    /// Whether there is a function.
    [[nodiscard]] explicit operator bool() const noexcept { return function_ != nullptr; }
    /// Has the task run; to be used only where there is a function.
    void operator()(Task task) const { function_->run(task); }

private:
    std::shared_ptr<detail::AnyExecutor> function_{};
};

} // namespace fathom::inline v0_2
