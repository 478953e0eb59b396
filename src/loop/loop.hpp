/// @file
/// What all copies of a client share: policies, connections, and who drives them.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <fathom/call_options.hpp>
#include <fathom/client.hpp>
#include <fathom/http.hpp>
#include <fathom/result.hpp>
#include <fathom/transport.hpp>

#include "../core/call.hpp"
#include "../core/scheduler.hpp"
#include "../core/secrets.hpp"
#include "doorbell.hpp"
#include "waited_call.hpp"

namespace fathom::detail {

/// The one event loop of a client. It has no thread of its own at first: whoever waits for a call drives it, and hands
/// the role on when its own call is done. The first call that is begun without waiting starts a background thread, which
/// delivers the outcomes of such calls, and drives whenever calls are under way and nobody else does.
///
/// The scheduler and the transport are touched by the driver alone. Everybody else leaves word in the inbox.
class Loop final : public std::enable_shared_from_this<Loop>, private Effects {
public:
    /// Makes a loop of options that are checked, with the transport and the limiter set. It shuts down when the last
    /// pointer to it goes.
    [[nodiscard]] static std::shared_ptr<Loop> make(ClientOptions options, ReadServerMessage read_message,
                                                    Secrets secrets);

    /// For make().
    Loop(ClientOptions options, ReadServerMessage read_message, std::shared_ptr<const Secrets> secrets);
    ~Loop() override;

    /// Makes a call, and drives the loop or waits for whoever does until it has ended.
    [[nodiscard]] Result<HttpResponse> run(OperationRequest request, const CallOptions& options);

    /// Begins a call whose outcome the background thread delivers. @return why it can't
    [[nodiscard]] std::optional<Error> start(const std::shared_ptr<Call>& call);
    /// The caller no longer wants the call.
    void cancel(const std::shared_ptr<Call>& call);
    /// When a call with these options that begins now must end.
    [[nodiscard]] Call::TimePoint deadline_of(const CallOptions& options) const;

    /// Whether answers are examined before their callers read them.
    [[nodiscard]] bool examines_answers() const noexcept { return examines_answers_; }
    /// What must stand in no error.
    [[nodiscard]] const std::shared_ptr<const Secrets>& secrets() const noexcept { return secrets_; }

    /// How both limits stand.
    [[nodiscard]] Quota quota() const;

    /// The calendar time, as the transport tells it.
    [[nodiscard]] std::chrono::system_clock::time_point calendar_now() const { return transport_->calendar_now(); }

private:
    struct Keeper;

    [[nodiscard]] std::optional<Error> refusal(std::string_view operation) const;
    void submit(const std::shared_ptr<Call>& call);
    void wake();
    [[nodiscard]] Result<HttpResponse> submit_and_wait(const std::shared_ptr<WaitedCall>& call);
    void shut_down() noexcept;

    /// Drives until `enough()`, which is asked under the lock.
    void drive(std::unique_lock<std::mutex>& lock, const std::function<bool()>& enough);
    void stop_driving(std::unique_lock<std::mutex>& lock);
    void turn(std::unique_lock<std::mutex>& lock);
    void take_in_messages(std::unique_lock<std::mutex>& lock);
    void publish_finished();
    static void wake_waiters_of(const std::vector<std::shared_ptr<WaitedCall>>& calls);
    void fall_asleep(WaitedCall& call);
    void get_up(WaitedCall& call);
    [[nodiscard]] bool needs_driver() const;
    void appoint_driver();
    void start_background_thread();
    void run_in_background();
    void deliver(std::unique_lock<std::mutex>& lock);

    [[nodiscard]] GroupQuota quota_of(LimitGroup group, const Scheduler::GroupCounts& counts) const;
    [[nodiscard]] Now now() const;

    void begin(const Call& call) override;
    bool give_up(TransferId transfer) override;
    void finished(std::shared_ptr<Call> call) override;
    void left_behind() override;

    const unsigned generation_;
    const std::string base_url_;
    const std::chrono::milliseconds default_timeout_;
    const std::shared_ptr<const std::vector<HttpHeader>> headers_;
    const std::shared_ptr<const std::vector<HttpHeader>> headers_with_body_;
    const std::shared_ptr<Transport> transport_;
    const std::shared_ptr<Doorbell> bell_; ///< Rung by the limiter when a permit may be free.
    const std::shared_ptr<RateLimiter> limiter_;
    const std::shared_ptr<const Secrets> secrets_;
    const bool examines_answers_;

    // The driver's own.
    Scheduler scheduler_;
    std::vector<Transfer> ended_{};
    std::vector<std::shared_ptr<Call>> finished_{};
    std::vector<std::shared_ptr<WaitedCall>> done_waiters_{}; ///< Calls that are done, and whose waiters sleep yet.
    bool is_left_behind_ = false;                             ///< A call is under way that nobody waits for.

    // Guarded by the mutex.
    mutable std::mutex mutex_{};
    bool is_driven_ = false;
    bool is_asleep_ = false; ///< The driver waits for the transport, and must be woken for messages.
    std::vector<std::shared_ptr<Call>> submitted_{};
    std::vector<std::shared_ptr<Call>> cancelled_{};
    std::list<WaitedCall*> waiters_{}; ///< Calls whose callers sleep until these are done, or they are to drive.
    Scheduler::GroupCounts resource_counts_{};
    Scheduler::GroupCounts report_counts_{};
    bool is_busy_ = false; ///< Calls are under way, as far as the last driver knew.
    std::vector<std::shared_ptr<Call>> to_deliver_{};
    bool is_shutting_down_ = false;
    std::condition_variable background_woken_{};
    std::thread background_{};
};

} // namespace fathom::detail
