/// @file
/// Tells an observer what happens to calls.
#pragma once

#include <memory>
#include <optional>

#include <fathom/observer.hpp>

#include "call.hpp"

namespace fathom::detail {

/// Makes events for the observer, if there is one. Measures times by what Call keeps.
class CallLog {
public:
    using TimePoint = Call::TimePoint;

    explicit CallLog(std::shared_ptr<Observer> observer);

    void started(const Call& call);
    void queued(Call& call, TimePoint now);
    void sent(Call& call, TimePoint now);
    void answered(const Call& call, const HttpResponse& response, TimePoint now);
    void unanswered(const Call& call, ErrorKind reason, TimePoint now);
    void retry_scheduled(const Call& call, std::chrono::nanoseconds pause);
    void ended(const Call& call, const Result<HttpResponse>& outcome, TimePoint now);

private:
    std::shared_ptr<Observer> observer_;
    bool wants_bodies_;
};

} // namespace fathom::detail
