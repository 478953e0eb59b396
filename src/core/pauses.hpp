/// @file
/// Calls that only wait.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "call.hpp"
#include "scheduler.hpp"
#include "thrown_error.hpp"

namespace fathom::detail {

/// Calls that send nothing, and are done when their deadline has come. The observer is not told of them.
class Pauses {
public:
    explicit Pauses(Effects& effects) noexcept : effects_(effects) {}
    Pauses(const Pauses&) = delete;
    Pauses& operator=(const Pauses&) = delete;

    [[nodiscard]] bool empty() const noexcept { return waiting_.empty(); }
    /// When the first is done.
    [[nodiscard]] std::optional<Call::TimePoint> next_event() const {
        return waiting_.empty() ? std::nullopt : std::optional(waiting_.begin()->first.first);
    }

    void begin(const std::shared_ptr<Call>& call) noexcept {
        if (call->is_declined) return end(call, cancelled());
        try {
            call->sequence = ++last_sequence_;
            waiting_.emplace(key_of(*call), call);
            call->state = Call::State::pausing;
        } catch (...) {
            end(call, thrown_error("a pause"));
        }
    }
    /// Its caller no longer wants it; does nothing where it is done.
    void cancel(const std::shared_ptr<Call>& call) noexcept {
        const auto place = waiting_.find(key_of(*call));
        if (place == waiting_.end() || place->second != call) return;
        waiting_.erase(place);
        end(call, cancelled());
    }
    /// Ends those that are done.
    void advance(Call::TimePoint now) noexcept {
        while (!waiting_.empty() && waiting_.begin()->first.first <= now) end(take_first(), HttpResponse{});
    }
    /// Ends all with this error.
    void end_all(const Error& error) noexcept {
        while (!waiting_.empty()) end(take_first(), copy_of(error));
    }

    /// How a pause ends that its caller does not want any more.
    [[nodiscard]] static Error cancelled() noexcept {
        try {
            return {.kind = ErrorKind::cancelled, .message = "the pause was cancelled", .operation = "sleepFor"};
        } catch (...) {
            return thrown_error("a pause");
        }
    }

private:
    using Key = std::pair<Call::TimePoint, std::uint64_t>; // the deadline, and the order of arrival

    static Key key_of(const Call& call) noexcept { return {call.deadline, call.sequence}; }
    std::shared_ptr<Call> take_first() noexcept {
        std::shared_ptr<Call> first = std::move(waiting_.begin()->second);
        waiting_.erase(waiting_.begin());
        return first;
    }
    void end(std::shared_ptr<Call> call, Result<HttpResponse> outcome) noexcept {
        call->state = Call::State::finished;
        call->outcome = std::move(outcome);
        effects_.finished(std::move(call));
    }

    Effects& effects_;
    std::map<Key, std::shared_ptr<Call>> waiting_{};
    std::uint64_t last_sequence_ = 0;
};

} // namespace fathom::detail
