/// @file
/// The way of each call of a module, blocking or not.
#pragma once

#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <new>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

#include <fathom/async_style.hpp>

#include "../core/thrown_error.hpp"
#include "../loop/limit_notice_state.hpp"
#include "../loop/loop.hpp"
#include "../operations/operation.hpp"
#include "option_checks.hpp"

namespace fathom::detail {

/// What an error of reading says of its call.
struct CallFacts {
    CallFacts(const OperationRequest& request, const Loop& loop)
        : operation(request.operation), is_write(request.method != HttpMethod::get),
          is_idempotent(request.safety == RetrySafety::repeatable), secrets(loop.secrets()) {}

    std::string_view operation;
    bool is_write;
    bool is_idempotent;
    std::shared_ptr<const Secrets> secrets;
};

/// Reads the answer of a call; a decode error tells which call it was.
template <class T>
[[nodiscard]] Result<T> read_answer(const std::function<Result<T>(std::string_view, DriftLog&)>& decode,
                                    const CallFacts& call, Result<HttpResponse> answer) {
    if (!answer) return std::move(answer).error();
    DriftLog drift;
    Result<T> value = decode(answer->body, drift);
    if (!value) {
        value.error().operation = call.operation;
        value.error().may_have_taken_effect = call.is_write; // the service said that it worked
        value.error().is_idempotent = call.is_idempotent;
        value.error().http_status = answer->status;
        value.error().attempts = answer->attempts;
        call.secrets->hide_in(value.error());
    }
    return value;
}

/// Where answers are examined before their callers read them (for an observer, or to be kept), what reads this one does so.
template <class T>
void let_examine(Operation<T>& operation, const Loop& loop) {
    if (!loop.examines_answers()) return;
    operation.request.examine = [decode = operation.decode](std::string_view body,
                                                            DriftLog& drift) -> std::optional<ErrorKind> {
        const Result<T> value = decode(body, drift);
        return value ? std::nullopt : std::optional(value.error().kind);
    };
}

/// What parts of the program's that a call asks before it is made.
inline constexpr std::string_view asked_parts = "the transport's clock, or the time zones,";

/// Runs what asks such parts: what they throw is an error.
template <class T, class Run>
[[nodiscard]] Result<T> guarded(const Run& run) {
    try {
        return run();
    } catch (...) {
        return thrown_error(asked_parts);
    }
}

/// What a client answers that was moved away, and a module whose client is gone.
[[nodiscard]] inline Error no_client() {
    return invalid_argument("client", "was moved away or destroyed; keep the client as long as you make calls");
}

/// What a call ends with that was to follow another one, where the client went in between.
[[nodiscard]] inline Error client_is_gone(std::string_view operation) {
    return {.kind = ErrorKind::cancelled,
            .message = "the client was destroyed before the request was made",
            .operation = std::string(operation)};
}

/// What a caller gets who asks for a page of a list before the one before has come.
[[nodiscard]] inline Error page_is_under_way() {
    return invalid_argument("next_page", "was called while the page before is on its way; wait for that first");
}

/// Why a call with these options cannot be made.
[[nodiscard]] inline std::optional<Error> refusal(const OperationRequest& request, const CallOptions& options) {
    std::optional<Error> error = check(options);
    if (!error) return std::nullopt;
    error->operation = request.operation;
    return error;
}

/// The options of calls that are made later, on any thread, on behalf of the caller that is on this one.
[[nodiscard]] inline CallOptions from_here(CallOptions options, const std::shared_ptr<Loop>& loop) {
    if (loop && !options.context) options.context = loop->caller_context();
    return options;
}

/// The end of a blocking call, however it comes: who wants to know whether it waits is told that it will not any more.
class EndOfCall {
public:
    explicit EndOfCall(const CallOptions& options) noexcept : options_(options) {}
    EndOfCall(const EndOfCall&) = delete;
    EndOfCall& operator=(const EndOfCall&) = delete;
    ~EndOfCall() { end_unasked(options_); }

private:
    const CallOptions& options_;
};

/// Makes a call and waits for its answer. What calls this has an EndOfCall.
[[nodiscard]] inline Result<HttpResponse> run(const Route<Blocking>& loop, OperationRequest request,
                                              const CallOptions& options) {
    if (std::optional<Error> error = refusal(request, options)) return *std::move(error);
    if (!loop) return no_client();
    return loop->run(std::move(request), options);
}

/// Runs a checked operation: the way of each blocking call.
template <class T>
[[nodiscard]] Result<T> call(const Route<Blocking>& loop, Result<Operation<T>> operation, const CallOptions& options) {
    const EndOfCall end(options);
    if (!operation || !loop) return operation ? no_client() : std::move(operation).error();
    try {
        let_examine(*operation, *loop);
        const CallFacts facts(operation->request, *loop);
        return read_answer(operation->decode, facts, run(loop, std::move(operation->request), options));
    } catch (...) {
        return thrown_error("reading the answer");
    }
}

/// A call whose outcome nobody waits for at once.
template <class T>
class PendingCall final : public Call, public FutureState<T> {
public:
    /// Makes the outcome of what came back.
    using Reader = std::function<Result<T>(Result<HttpResponse> answer)>;

    PendingCall(const std::shared_ptr<Loop>& loop, OperationRequest what, Reader reader, const CallOptions& options)
        : Call(std::move(what), loop->deadline_of(options), options, Ending::delivered), loop_(loop),
          reader_(std::move(reader)) {}

    /// Cancels the call when the caller asks for it. Where that was before, it will end as soon as it begins.
    void obey(const std::stop_token& stop) {
        if (stop.stop_possible()) on_stop_.emplace(stop, Canceller{this});
    }

    void deliver() noexcept override {
        on_stop_.reset();
        try {
            this->set_result(reader_(*std::move(outcome)));
        } catch (...) {
            this->set_result(thrown_error("reading the answer"));
        }
        reader_ = nullptr;
        resume_apart(this->publish());
    }

private:
    struct Canceller {
        PendingCall* call;
        void operator()() const noexcept { call->cancel_call(); }
    };

    void cancel_call() noexcept override {
        if (const std::shared_ptr<Loop> loop = loop_.lock()) loop->cancel(shared_from_this());
    }

    [[nodiscard]] std::shared_ptr<Loop> loop_to_drive() const override {
        const std::shared_ptr<Loop> loop = loop_.lock();
        return loop && loop->is_hosted_here() ? loop->shared_from_this() : nullptr;
    }

    std::weak_ptr<Loop> loop_;
    Reader reader_;
    std::optional<std::stop_callback<Canceller>> on_stop_{};
};

/// The calendar time of the client, which is its transport's.
[[nodiscard]] inline std::chrono::system_clock::time_point calendar_now(const Route<Blocking>& loop) {
    return loop ? loop->calendar_now() : std::chrono::system_clock::now();
}
[[nodiscard]] inline std::chrono::system_clock::time_point calendar_now(const Route<Async>& route) {
    return calendar_now(route.loop);
}

/// A future whose outcome is there.
template <class T>
[[nodiscard]] Future<T> ready(Result<T> result, Executor executor) {
    auto state = std::make_shared<FutureState<T>>();
    state->set_executor(std::move(executor));
    state->set_result(std::move(result));
    resume_in_turn(state->publish());
    return Access::make<Future<T>>(std::move(state));
}

/// The future of a call that reaches no loop.
template <class T>
[[nodiscard]] Future<T> ended(Result<T> result, const Route<Async>& route, const CallOptions& options) {
    end_unasked(options);
    return ready<T>(std::move(result), route.executor);
}

/// The same for what gives a future.
template <class T, class Run>
[[nodiscard]] Future<T> guarded(const Route<Async>& route, const CallOptions& options, const Run& run) {
    try {
        return run();
    } catch (const std::bad_alloc&) {
        throw;
    } catch (...) {
        return ended<T>(thrown_error(asked_parts), route, options);
    }
}

/// Hands a call to the loop.
template <class T>
[[nodiscard]] Future<T> start(const Route<Async>& route, std::shared_ptr<PendingCall<T>> call,
                              const CallOptions& options) {
    call->set_executor(route.executor);
    call->obey(options.stop);
    if (std::optional<Error> refusal = route.loop->start(call)) return ended<T>(*std::move(refusal), route, options);
    return Access::make<Future<T>>(std::move(call));
}

/// Begins a call.
template <class T>
[[nodiscard]] Future<T> begin(const Route<Async>& route, OperationRequest request,
                              typename PendingCall<T>::Reader reader, const CallOptions& options) {
    if (!route.loop) return ended<T>(no_client(), route, options);
    if (std::optional<Error> error = refusal(request, options)) return ended<T>(*std::move(error), route, options);
    return guarded<T>(route, options, [&] {
        return start(route,
                     std::make_shared<PendingCall<T>>(route.loop, std::move(request), std::move(reader), options),
                     options);
    });
}

/// Begins a checked operation.
template <class T>
[[nodiscard]] Future<T> call(const Route<Async>& route, Result<Operation<T>> operation, const CallOptions& options) {
    if (!operation || !route.loop) {
        return ended<T>(operation ? no_client() : std::move(operation).error(), route, options);
    }
    let_examine(*operation, *route.loop);
    auto reader = [decode = std::move(operation->decode), facts = CallFacts(operation->request, *route.loop)](
                      Result<HttpResponse> answer) { return read_answer<T>(decode, facts, std::move(answer)); };
    return begin<T>(route, std::move(operation->request), std::move(reader), options);
}

} // namespace fathom::detail
