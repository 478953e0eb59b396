/// @file
/// Tells an observer what happens to calls.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include <fathom/observer.hpp>

#include "call.hpp"
#include "drift.hpp"
#include "secrets.hpp"

namespace fathom::detail {

/// Makes events for the observer, if there is one. Measures times by what Call keeps. Whatever an observer throws is
/// dropped: it is told of calls, and must not change them.
class CallLog {
public:
    using TimePoint = Call::TimePoint;

    CallLog(std::shared_ptr<Observer> observer, std::string base_url, std::shared_ptr<const Secrets> secrets);

    /// Whether anybody listens.
    [[nodiscard]] bool is_on() const noexcept { return observer_ != nullptr; }

    void started(const Call& call) noexcept;
    void queued(Call& call, TimePoint now) noexcept;
    void wait_started(const Call& call, std::chrono::nanoseconds expected,
                      std::chrono::system_clock::time_point calendar_now, const LimitPace& pace) noexcept;
    void sent(Call& call, TimePoint now) noexcept;
    void answered(const Call& call, const HttpResponse& response, TimePoint now) noexcept;
    void unanswered(const Call& call, ErrorKind reason, TimePoint now) noexcept;
    void retry_scheduled(const Call& call, std::chrono::nanoseconds pause) noexcept;
    void drift(const Call& call, const DriftLog& drift) noexcept;
    void ended(const Call& call, const Result<HttpResponse>& outcome, TimePoint now) noexcept;

private:
    [[nodiscard]] ObservedCall observed(const Call& call) const;
    void tell(const auto& event) const noexcept;

    std::shared_ptr<Observer> observer_;
    std::string base_url_;
    std::shared_ptr<const Secrets> secrets_;
    bool wants_bodies_;
};

} // namespace fathom::detail
