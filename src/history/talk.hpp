/// @file
/// Computations that ask questions and go on with the answers, without knowing where these come from.
#pragma once

#include <coroutine>
#include <optional>
#include <utility>

#include <fathom/error.hpp>

namespace fathom::detail::history {

/// A coroutine that may ask, and that may await another one: `co_await std::move(talk)` gives why that failed, if it did.
/// It begins when it is awaited, or by start().
class [[nodiscard]] Talk {
public:
    struct promise_type;
    using Handle = std::coroutine_handle<promise_type>;

    /// Goes on with whoever awaited this.
    struct End {
        [[nodiscard]] static bool await_ready() noexcept { return false; }
        [[nodiscard]] static std::coroutine_handle<> await_suspend(Handle talk) noexcept {
            return talk.promise().caller;
        }
        static void await_resume() noexcept {}
    };

    struct promise_type {
        std::coroutine_handle<> caller = std::noop_coroutine();
        std::optional<Error> failure{};

        [[nodiscard]] Talk get_return_object() { return Talk(Handle::from_promise(*this)); }
        [[nodiscard]] static std::suspend_always initial_suspend() noexcept { return {}; }
        [[nodiscard]] static End final_suspend() noexcept { return {}; }
        void return_value(std::optional<Error> error) { failure = std::move(error); }
        [[noreturn]] static void unhandled_exception() { throw; }
    };

    Talk(const Talk&) = delete;
    Talk& operator=(const Talk&) = delete;
    ~Talk() { handle_.destroy(); }

    void start() { handle_.resume(); }
    [[nodiscard]] bool is_over() const { return handle_.done(); }
    /// Why it failed. To be called when it is over.
    [[nodiscard]] const std::optional<Error>& failure() const { return handle_.promise().failure; }

    [[nodiscard]] static bool await_ready() noexcept { return false; }
    [[nodiscard]] std::coroutine_handle<> await_suspend(std::coroutine_handle<> caller) const {
        handle_.promise().caller = caller;
        return handle_;
    }
    [[nodiscard]] std::optional<Error> await_resume() const { return std::move(handle_.promise().failure); }

private:
    explicit Talk(Handle handle) noexcept : handle_(handle) {}

    Handle handle_;
};

/// Where the questions of a Talk wait for their answers; there is one at a time.
template <class Question, class Answer>
class Desk {
public:
    /// Suspends a talk until the answer is there: `Answer answer = co_await desk.ask(question)`.
    [[nodiscard]] auto ask(Question question) {
        question_ = std::move(question);
        return Asking{*this};
    }
    /// The question that waits.
    [[nodiscard]] const std::optional<Question>& question() const noexcept { return question_; }
    /// Goes on with its answer, up to the next question or the end.
    void answer(Answer answer) {
        answer_ = std::move(answer);
        question_.reset();
        std::exchange(asker_, nullptr).resume();
    }

private:
    struct Asking {
        Desk& desk;

        [[nodiscard]] static bool await_ready() noexcept { return false; }
        void await_suspend(std::coroutine_handle<> asker) const noexcept { desk.asker_ = asker; }
        [[nodiscard]] Answer await_resume() const { return std::move(desk.answer_); }
    };

    std::optional<Question> question_{};
    Answer answer_{};
    std::coroutine_handle<> asker_{};
};

} // namespace fathom::detail::history
