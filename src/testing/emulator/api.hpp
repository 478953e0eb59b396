/// @file
/// Api: the service without its faults and without HTTP. A request goes in, an answer comes out.
#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include <fathom/testing/emulator_options.hpp>
#include <fathom/testing/recorded_request.hpp>

#include "answer.hpp"
#include "database.hpp"
#include "limit_counter.hpp"
#include "routes.hpp"
#include "service.hpp"

namespace fathom::testing::detail {

/// Safe to use from any thread.
class Api {
public:
    explicit Api(const EmulatorOptions& options);

    [[nodiscard]] Answer answer(const RecordedRequest& arrived);
    /// The answer of a refusal as this client gets it: JSON, or HTML where the live service would send that.
    [[nodiscard]] Answer dressed(Answer answer, const RecordedRequest& request) const;

    [[nodiscard]] bool is_authorized(const RecordedRequest& request) const;
    /// What a request beside too many others gets.
    [[nodiscard]] Answer refusal_of_concurrency(const RecordedRequest& request) const;

    void set_now(std::chrono::sys_seconds now);
    void reset_limits();

    /// Works on the state directly, with the lock held.
    template <typename Action>
    auto with_service(Action action) {
        const std::lock_guard lock{mutex_};
        return action(service_);
    }

private:
    using TimePoint = LimitCounter::TimePoint;

    [[nodiscard]] Answer answer_route(const RouteMatch& match, const RecordedRequest& request);
    [[nodiscard]] Answer run(const Route& route, const Call& call);
    [[nodiscard]] Answer run_within_limits(const Route& route, const Call& call, TimePoint arrived_at);
    [[nodiscard]] LimitCounter& counter_of(const Route& route);
    [[nodiscard]] std::chrono::sys_seconds now() const;

    const std::string api_key_;
    const Dialect dialect_;
    const RetiredEndpoints retired_endpoints_;
    const bool limits_are_enforced_;
    const std::optional<std::chrono::seconds> retry_after_concurrency_;
    const std::function<TimePoint()> clock_;

    std::mutex mutex_; // Guards all below: operations run one at a time, as SQLite has them anyway.
    std::optional<std::chrono::sys_seconds> fixed_now_;
    LimitCounter resource_limit_;
    LimitCounter report_limit_;
    std::optional<LimitCounter> headers_about_; ///< Counts, and refuses nothing.
    Database database_;
    Service service_;
};

} // namespace fathom::testing::detail
