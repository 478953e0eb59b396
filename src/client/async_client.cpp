#include <fathom/async_client.hpp>

#include <algorithm>
#include <memory>
#include <utility>

#include "../operations/raw_request.hpp"
#include "calls.hpp"
#include "make_loop.hpp"

namespace fathom::inline v0_2 {

AsyncClient::AsyncClient(ClientOptions options, Executor executor)
    : route_{detail::make_loop(std::move(options)).value(), std::move(executor)} {}

AsyncClient::AsyncClient(const Client& client, Executor executor) : route_{client.loop_, std::move(executor)} {}

AsyncClient::AsyncClient(detail::Route<Async> route) noexcept : route_(std::move(route)) {}

Result<AsyncClient> AsyncClient::create(ClientOptions options, Executor executor) {
    return detail::make_loop(std::move(options)).transform([&](std::shared_ptr<detail::Loop> loop) {
        return AsyncClient(detail::Route<Async>{std::move(loop), std::move(executor)});
    });
}

AsyncClient AsyncClient::from_env(Executor executor) {
    return AsyncClient(ClientOptions::from_env().value(), std::move(executor));
}

Client AsyncClient::blocking() const { return Client(route_.loop); }

AccountModule<Async> AsyncClient::account() const { return detail::Access::make<AccountModule<Async>>(route_); }
SitesModule<Async> AsyncClient::sites() const { return detail::Access::make<SitesModule<Async>>(route_); }
EventsModule<Async> AsyncClient::events() const { return detail::Access::make<EventsModule<Async>>(route_); }
MilestonesModule<Async> AsyncClient::milestones() const {
    return detail::Access::make<MilestonesModule<Async>>(route_);
}
AggregationsModule<Async> AsyncClient::aggregations() const {
    return detail::Access::make<AggregationsModule<Async>>(route_);
}
CurrentVisitorsModule<Async> AsyncClient::current_visitors() const {
    return detail::Access::make<CurrentVisitorsModule<Async>>(route_);
}

Future<HttpResponse> AsyncClient::request(const RawRequest& request, const CallOptions& options) const {
    Result<detail::OperationRequest> checked = detail::operations::raw_request(request);
    if (!checked) return detail::ended<HttpResponse>(std::move(checked).error(), route_, options);
    return detail::begin<HttpResponse>(
        route_, *std::move(checked), [](Result<HttpResponse> answer) { return answer; }, options);
}

Future<void> AsyncClient::sleep_for(std::chrono::milliseconds duration, const std::stop_token& stop) const {
    if (!route_.loop) return detail::ready<void>(detail::no_client(), route_.executor);
    const auto reader = [](Result<HttpResponse> outcome) -> Result<void> {
        if (!outcome) return std::move(outcome).error();
        return {};
    };
    const CallOptions options{.timeout = std::max(duration, std::chrono::milliseconds{0}), .stop = stop};
    auto pause = std::make_shared<detail::PendingCall<void>>(
        route_.loop, detail::OperationRequest{.operation = "sleepFor"}, reader, options);
    pause->only_waits = true;
    return detail::start(route_, std::move(pause), options);
}

Quota AsyncClient::quota() const { return route_.loop ? route_.loop->quota() : Quota{}; }

} // namespace fathom::inline v0_2
