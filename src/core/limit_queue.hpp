/// @file
/// The calls of one limit group on their way to a permit.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include <fathom/error.hpp>
#include <fathom/rate_limit.hpp>

#include "call.hpp"
#include "call_log.hpp"
#include "limiter_guard.hpp"
#include "now.hpp"
#include "waiting_line.hpp"

namespace fathom::detail {

/// Asks the limiter for permits as long as calls wait, tells it of them and of what became of its permits, and finds the
/// calls that will get none in time.
class LimitQueue {
public:
    using TimePoint = Call::TimePoint;

    /// Where calls go from here.
    class Exits {
    public:
        /// It has its permit.
        virtual void send(const std::shared_ptr<Call>& call, RateLimiter::Permit permit, Now now) = 0;
        /// It gets none before its deadline, or not at once where it would rather fail than wait.
        virtual void refuse(const std::shared_ptr<Call>& call, TimePoint earliest, Now now) = 0;
        /// No permit can be asked for.
        virtual void fail(const std::shared_ptr<Call>& call, const Error& error) = 0;
        /// It has begun to wait, and its caller wants to know.
        virtual void tell_wait(const Call& call, const LimitWait& wait) = 0;
        /// No call of the client has a deadline before.
        [[nodiscard]] virtual TimePoint first_deadline() const noexcept = 0;

    protected:
        Exits() = default;
        Exits(const Exits&) = default;
        Exits& operator=(const Exits&) = default;
        ~Exits() = default;
    };

    LimitQueue(LimitGroup group, LimiterGuard& limiter, CallLog& log, std::chrono::milliseconds attempt_timeout,
               Exits& exits)
        : group_(group), limiter_(limiter), log_(log), attempt_timeout_(attempt_timeout), exits_(exits) {}

    [[nodiscard]] std::size_t size() const noexcept { return line_.size(); }
    [[nodiscard]] std::uint64_t sent() const noexcept { return sent_; }
    [[nodiscard]] std::uint64_t refused() const noexcept { return refused_; }
    /// When grant() has something to do again; nothing where no call waits.
    [[nodiscard]] std::optional<TimePoint> next_event() const noexcept;

    /// Takes a call in, at the place that its arrival gives it.
    /// @return when it will get its permit; nothing where that may be at once, or is yet to be counted
    std::optional<TimePoint> join(const std::shared_ptr<Call>& call, Now now);
    /// Moves one that waits to the interactive lane.
    void raise(const std::shared_ptr<Call>& call);
    /// When a call that waits will get its permit, if nothing changes; not in the past.
    [[nodiscard]] TimePoint earliest_of(const Call& waiting, Now now) const noexcept;
    /// Takes a call out, if it is there.
    void leave(const Call& call) { line_.leave(call); }

    /// Lets calls go as long as there are permits.
    void grant(Now now);
    /// The same as time passes, where calls may have come in front of others.
    void advance(Now now);
    /// Asks the limiter again, whatever it said.
    void ask_again() noexcept { try_again_at_ = TimePoint::min(); }

    /// Tells of the calls that came since and were not served at once.
    void tell_of_waits(Now now);
    /// Tells a caller whose call shares the answer of one that waits.
    void tell_of_wait(const Call& follower, const Call& waiting, Now now);

    /// An attempt goes out.
    void count_sent() noexcept { ++sent_; }
    /// Gives back what a call holds.
    void release(RateLimiter::Permit permit, PermitUse use, Now now);
    /// The service refused it for its limit.
    void refused_by_service(const Call& call, Now now);
    /// Takes in what an answer says of the limit.
    void heed_hints(const HttpHeaders& headers, Now now);

private:
    void tell_limiter(Now now);
    void refuse_hopeless(Now now);
    void look_for_hopeless(Now now);
    void refuse_impatient(Now now);

    LimitGroup group_;
    LimiterGuard& limiter_;
    CallLog& log_;
    std::chrono::milliseconds attempt_timeout_;
    Exits& exits_;

    WaitingLine line_{};
    TimePoint try_again_at_ = TimePoint::min();
    TimePoint looks_through_at_ = TimePoint::min(); ///< For calls that have become hopeless.
    bool has_changed_ = false;       ///< A call has come in front of others, and it is not known who is in time yet.
    bool waits_for_answers_ = false; ///< An answer to another call may let the next one go earlier.
    std::size_t told_waiting_ = 0;   ///< What the limiter was told of the line, like the next one.
    TimePoint told_oldest_{};
    std::vector<std::shared_ptr<Call>>
        joined_{}; ///< Since somebody was told of waits; empty where nobody wants to know.
    std::uint64_t sent_ = 0;
    std::uint64_t refused_ = 0;
};

} // namespace fathom::detail
