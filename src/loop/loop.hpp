/// @file
/// What all copies of a client share: policies, connections, and who drives them.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <fathom/call_options.hpp>
#include <fathom/client.hpp>
#include <fathom/http.hpp>
#include <fathom/notice.hpp>
#include <fathom/result.hpp>
#include <fathom/transport.hpp>

#include "../core/call.hpp"
#include "../core/pauses.hpp"
#include "../core/scheduler.hpp"
#include "../core/secrets.hpp"
#include "../zones/site_zones.hpp"
#include "call_queue.hpp"
#include "doorbell.hpp"
#include "mutex.hpp"
#include "waited_call.hpp"
#include "waker.hpp"

namespace fathom::detail {

/// The one event loop of a client, after the Leader/Followers pattern:
///   - One thread at a time is the driver, the leader: it alone touches the scheduler and the transport, calls limiter,
///     observer and transport, and sleeps in Transport::poll(). It holds the mutex for none of that.
///   - Whoever blocks in a call becomes the driver where there is none. Otherwise it is a follower, which sleeps in its
///     Waiter, without the mutex, until its call is done or it is to drive.
///   - A driver whose own call is done appoints the follower that came last. Where there is none and calls are under way,
///     the background thread drives; the first call that nobody waits for starts it. It also hands over the outcomes of
///     such calls, without the mutex. There it sleeps in `background_woken_`, the only wait that gives the mutex back.
///   - Everybody else takes the mutex for a moment to leave word in the inbox, and wakes the driver where that sleeps.
///     Nothing of the program's runs under it but Transport::wake(), so it may be taken in any callback, under any lock.
///   - Whoever lets go of the last client has the background thread end all calls, and waits for nobody.
///
/// A hosted loop lives in an event loop of the program's (hosted_loop.cpp), and has no background thread:
///   - The program drives by process(), which sleeps nowhere and hands outcomes over. Its thread, the one that called
///     process() last, also drives while it blocks. All others are followers only.
///   - Word in the inbox rings at the program, by the transport's descriptor and the program's notice.
///   - Whoever lets go of the last client ends all calls itself, unless somebody drives, who does it then.
class Loop final : public std::enable_shared_from_this<Loop>, private Effects {
public:
    /// A program with an event loop of its own.
    struct Host {
        Notice on_wake{}; ///< Is told when process() has something to do; may be empty.
    };

    /// Makes a loop of options that are checked, with the transport and the limiter set. It shuts down when the last
    /// pointer to it goes, on whatever thread and under whatever lock that is.
    /// @param host set where the program drives the loop
    [[nodiscard]] static std::shared_ptr<Loop> make(ClientOptions options, ReadServerMessage read_message,
                                                    Secrets secrets, std::optional<Host> host = {});

    /// For make().
    Loop(ClientOptions options, ReadServerMessage read_message, std::shared_ptr<const Secrets> secrets,
         std::optional<Host> host);
    ~Loop() override;

    /// Makes a call, and drives the loop or waits for whoever does until it has ended.
    [[nodiscard]] Result<HttpResponse> run(OperationRequest request, const CallOptions& options);

    /// Begins a call whose outcome the background thread delivers. @return why it can't
    [[nodiscard]] std::optional<Error> start(const std::shared_ptr<Call>& call);
    /// The caller no longer wants the call.
    void cancel(const std::shared_ptr<Call>& call) noexcept;
    /// When a call with these options that begins now must end.
    [[nodiscard]] Call::TimePoint deadline_of(const CallOptions& options) const;

    /// Whether answers are examined before their callers read them.
    [[nodiscard]] bool examines_answers() const noexcept { return examines_answers_; }
    /// What the observer wants to know of this thread with the calls that it makes; null without one, or if it throws.
    [[nodiscard]] std::shared_ptr<const void> caller_context() const noexcept;
    /// The zones of the sites that the clients ask about.
    [[nodiscard]] const std::shared_ptr<SiteZones>& zones() const noexcept { return zones_; }
    /// What must stand in no error.
    [[nodiscard]] const std::shared_ptr<const Secrets>& secrets() const noexcept { return secrets_; }

    /// How both limits stand.
    [[nodiscard]] Quota quota() const;
    /// How long the last of so many more reports waits for the limit at least, behind all calls that wait for it now.
    [[nodiscard]] std::chrono::nanoseconds wait_of_reports(std::size_t reports) const;

    /// Of a hosted loop: readable when process() has something to do, but for what is due by time; -1 where there is none.
    [[nodiscard]] int descriptor() const noexcept { return descriptor_; }
    /// Of a hosted loop: when process() has something to do if nothing else happens; nothing where it has not.
    [[nodiscard]] std::optional<Call::TimePoint> next_deadline() const FATHOM_EXCLUDES(mutex_);
    /// Of a hosted loop: moves all calls on and hands outcomes over. Does nothing on a thread that the loop is busy on, and
    /// while another thread drives.
    void process() FATHOM_EXCLUDES(mutex_);
    /// Whether it is up to this thread to drive while it blocks, since the loop is hosted by it.
    [[nodiscard]] bool is_hosted_here() const FATHOM_EXCLUDES(mutex_);
    /// Whether there is any loop that a thread must drive while it blocks.
    [[nodiscard]] static bool is_any_hosted() noexcept;
    /// Of a hosted loop: processes, and sleeps between, until the goal is reached or the time has come.
    /// @return whether it did: not where another thread drives
    bool process_until(const std::function<bool()>& is_reached, Call::TimePoint limit) FATHOM_EXCLUDES(mutex_);
    /// Has process_until() look at its goal.
    void nudge() noexcept FATHOM_EXCLUDES(mutex_);
    /// The time, as the transport tells it.
    [[nodiscard]] Call::TimePoint steady_now() const { return transport_->now(); }

    /// How long there is until a deadline; not below zero.
    [[nodiscard]] std::chrono::milliseconds time_until(Call::TimePoint deadline) const;

    /// The calendar time, as the transport tells it.
    [[nodiscard]] std::chrono::system_clock::time_point calendar_now() const { return transport_->calendar_now(); }

private:
    struct Keeper;

    [[nodiscard]] std::optional<Error> refusal(std::string_view operation) const;
    void submit(const std::shared_ptr<Call>& call) FATHOM_REQUIRES(mutex_);
    void wake() FATHOM_REQUIRES(mutex_);
    [[nodiscard]] Result<HttpResponse> submit_and_wait(const std::shared_ptr<WaitedCall>& call) FATHOM_EXCLUDES(mutex_);
    [[nodiscard]] bool may_drive() const FATHOM_REQUIRES(mutex_);
    void shut_down() noexcept FATHOM_EXCLUDES(mutex_);

    // Of a hosted loop.
    [[nodiscard]] bool is_host() const FATHOM_REQUIRES(mutex_);
    void wait_for_host(WaitedCall& call) FATHOM_REQUIRES(mutex_);
    void ring_host() FATHOM_REQUIRES(mutex_);
    void settle() FATHOM_REQUIRES(mutex_);
    void end_all() FATHOM_REQUIRES(mutex_);
    void note_what_is_due() FATHOM_REQUIRES(mutex_);
    void shut_down_here() noexcept FATHOM_EXCLUDES(mutex_);
    [[nodiscard]] std::optional<Call::TimePoint> next_due() const noexcept FATHOM_EXCLUDES(mutex_);
    [[nodiscard]] bool has_word_for_host() const FATHOM_REQUIRES(mutex_);
    [[nodiscard]] Call::TimePoint present_or_later() const noexcept;

    using CancelledCalls = CallQueue<&Call::next_cancelled>;
    using Calls = CallQueue<&Call::next>;

    /// Drives until a call is done; without one, as long as the background thread has nothing else to do.
    void drive(const Call* own) FATHOM_RELEASE(mutex_);
    [[nodiscard]] bool has_driven_enough(const Call* own) const FATHOM_REQUIRES(mutex_);
    void stop_driving() FATHOM_RELEASE(mutex_);
    void turn(Transport::Clock::duration longest_sleep) FATHOM_REQUIRES(mutex_);
    void take_in_messages() FATHOM_REQUIRES(mutex_);
    void move_on(Calls submitted, CancelledCalls cancelled, bool is_shutting_down) noexcept FATHOM_EXCLUDES(mutex_);
    void poll(Transport::Clock::duration longest) noexcept FATHOM_EXCLUDES(mutex_);
    void submit_to_core(const std::shared_ptr<Call>& call, Now present) noexcept;
    void cancel_in_core(const std::shared_ptr<Call>& call, Now present) noexcept;
    void abandon_all(const Error& error) noexcept;
    [[nodiscard]] std::optional<Call::TimePoint> next_event() const;
    [[nodiscard]] Transport::Clock::duration time_to_sleep(Transport::Clock::duration longest) noexcept;
    /// By the transport's clock; where that throws, all calls end soon for it.
    [[nodiscard]] Transport::Clock::duration time_left(Call::TimePoint until) noexcept;
    void publish_finished() FATHOM_REQUIRES(mutex_);
    static void wake_waiters_of(Calls calls);
    void fall_asleep(WaitedCall& call) FATHOM_REQUIRES(mutex_);
    void get_up(WaitedCall& call) FATHOM_REQUIRES(mutex_);
    [[nodiscard]] bool needs_driver() const FATHOM_REQUIRES(mutex_);
    void appoint_driver() FATHOM_REQUIRES(mutex_);
    void start_background_thread() FATHOM_REQUIRES(mutex_);
    void run_in_background() FATHOM_EXCLUDES(mutex_);
    [[nodiscard]] bool has_background_work() const FATHOM_REQUIRES(mutex_);
    void deliver() FATHOM_REQUIRES(mutex_);

    [[nodiscard]] GroupQuota quota_of(LimitGroup group, const Scheduler::GroupCounts& counts) const;
    [[nodiscard]] Now now() const;

    void begin(const Call& call) override;
    bool give_up(TransferId transfer) noexcept override;
    void finished(std::shared_ptr<Call> call) noexcept override;
    void limit_told(const Call& call, const std::optional<LimitWait>& wait) noexcept override;
    void left_behind() override;

    const unsigned generation_;
    const std::string base_url_;
    const std::chrono::milliseconds default_timeout_;
    const std::shared_ptr<const std::vector<HttpHeader>> headers_;
    const std::shared_ptr<const std::vector<HttpHeader>> headers_with_body_;
    const std::shared_ptr<Transport> transport_;
    const bool is_hosted_;
    const int descriptor_;
    const Waker waker_;
    const std::shared_ptr<Doorbell> bell_; ///< Rung by the limiter when a permit may be free.
    const std::shared_ptr<RateLimiter>
        shared_limiter_; ///< Held, so that it is known to be in use: see process_limiter().
    const std::shared_ptr<RateLimiter> limiter_;
    const std::shared_ptr<const Secrets> secrets_;
    const std::shared_ptr<Observer> observer_;
    const bool examines_answers_;
    const std::shared_ptr<SiteZones> zones_;

    // The driver's own.
    Scheduler scheduler_;
    Pauses pauses_{*this};
    std::vector<Transfer> ended_{};
    std::optional<Error> broken_poll_{}; ///< Why the transport could not be waited for the last time.
    Calls finished_{};
    Calls done_waiters_{};        ///< Calls that are done, and whose waiters sleep yet.
    bool is_left_behind_ = false; ///< A call is under way that nobody waits for.

    mutable Mutex mutex_{};
    bool is_driven_ FATHOM_GUARDED_BY(mutex_) = false;
    /// The driver waits for the transport, and must be woken for messages.
    bool is_asleep_ FATHOM_GUARDED_BY(mutex_) = false;
    Calls submitted_ FATHOM_GUARDED_BY(mutex_){};
    CancelledCalls cancelled_ FATHOM_GUARDED_BY(mutex_){};
    /// Calls whose callers sleep until these are done, or they are to drive.
    std::list<WaitedCall*> waiters_ FATHOM_GUARDED_BY(mutex_){};
    Scheduler::GroupCounts resource_counts_ FATHOM_GUARDED_BY(mutex_){};
    Scheduler::GroupCounts report_counts_ FATHOM_GUARDED_BY(mutex_){};
    bool is_busy_ FATHOM_GUARDED_BY(mutex_) = false; ///< Calls are under way, as far as the last driver knew.
    Calls to_deliver_ FATHOM_GUARDED_BY(mutex_){};
    bool is_shutting_down_ FATHOM_GUARDED_BY(mutex_) = false;
    bool has_background_thread_ FATHOM_GUARDED_BY(mutex_) = false;
    static inline std::atomic<int> hosted_loops_{0}; ///< How many there are.
    /// The thread that a hosted loop lives on, as far as is known.
    std::thread::id host_thread_ FATHOM_GUARDED_BY(mutex_) = std::this_thread::get_id();
    /// A thread that has waited for the host in vain, and does its work until that is back.
    std::thread::id stand_in_ FATHOM_GUARDED_BY(mutex_){};
    bool is_host_rung_ FATHOM_GUARDED_BY(mutex_) = false;   ///< The program was told to call process().
    bool is_host_behind_ FATHOM_GUARDED_BY(mutex_) = false; ///< What is due has changed without process().
    bool is_nudged_ FATHOM_GUARDED_BY(mutex_) = false;      ///< A goal may have been reached.
    std::optional<Call::TimePoint>
        due_at_ FATHOM_GUARDED_BY(mutex_){}; ///< As the last driver of a hosted loop left it.
    Condition background_woken_{};
};

} // namespace fathom::detail
