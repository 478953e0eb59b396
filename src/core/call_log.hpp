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

/// Makes events for the observer, if there is one. Measures times by what Call keeps.
class CallLog {
public:
    using TimePoint = Call::TimePoint;

    CallLog(std::shared_ptr<Observer> observer, std::string base_url, std::shared_ptr<const Secrets> secrets);

    /// Whether anybody listens.
    [[nodiscard]] bool is_on() const noexcept { return observer_ != nullptr; }

    void started(const Call& call);
    void queued(Call& call, TimePoint now);
    void wait_started(const Call& call, std::chrono::nanoseconds expected,
                      std::chrono::system_clock::time_point calendar_now);
    void sent(Call& call, TimePoint now);
    void answered(const Call& call, const HttpResponse& response, TimePoint now);
    void unanswered(const Call& call, ErrorKind reason, TimePoint now);
    void retry_scheduled(const Call& call, std::chrono::nanoseconds pause);
    void drift(const Call& call, const DriftLog& drift);
    void ended(const Call& call, const Result<HttpResponse>& outcome, TimePoint now);

private:
    [[nodiscard]] ObservedCall observed(const Call& call) const;

    std::shared_ptr<Observer> observer_;
    std::string base_url_;
    std::shared_ptr<const Secrets> secrets_;
    bool wants_bodies_;
};

} // namespace fathom::detail
