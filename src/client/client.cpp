#include <fathom/client.hpp>

#include <utility>

#include "../operations/raw_request.hpp"
#include "calls.hpp"
#include "make_loop.hpp"

namespace fathom::inline v0_2 {

Client::Client(ClientOptions options) : loop_(detail::make_loop(std::move(options)).value()) {}

Client::Client(std::shared_ptr<detail::Loop> loop) noexcept : loop_(std::move(loop)) {}

Result<Client> Client::create(ClientOptions options) {
    return detail::make_loop(std::move(options)).transform([](std::shared_ptr<detail::Loop> loop) {
        return Client(std::move(loop));
    });
}

Client Client::from_env() { return Client(ClientOptions::from_env().value()); }

AccountModule<Blocking> Client::account() const { return detail::Access::make<AccountModule<Blocking>>(loop_); }
SitesModule<Blocking> Client::sites() const { return detail::Access::make<SitesModule<Blocking>>(loop_); }
EventsModule<Blocking> Client::events() const { return detail::Access::make<EventsModule<Blocking>>(loop_); }
MilestonesModule<Blocking> Client::milestones() const {
    return detail::Access::make<MilestonesModule<Blocking>>(loop_);
}
AggregationsModule<Blocking> Client::aggregations() const {
    return detail::Access::make<AggregationsModule<Blocking>>(loop_);
}
CurrentVisitorsModule<Blocking> Client::current_visitors() const {
    return detail::Access::make<CurrentVisitorsModule<Blocking>>(loop_);
}

Result<HttpResponse> Client::request(const RawRequest& request, const CallOptions& options) const {
    const detail::EndOfCall end(options);
    Result<detail::OperationRequest> checked = detail::operations::raw_request(request);
    if (!checked) return std::move(checked).error();
    const auto loop = loop_; // a hook may let go of this client
    return detail::run(loop, *std::move(checked), options);
}

Quota Client::quota() const { return loop_ ? loop_->quota() : Quota{}; }

} // namespace fathom::inline v0_2
