#include <fathom/client.hpp>

#include <utility>

#include "../loop/loop.hpp"
#include "../operations/raw_request.hpp"
#include "environment.hpp"
#include "make_loop.hpp"

namespace fathom {

Client::Client(ClientOptions options) : loop_(detail::make_loop(std::move(options)).value()) {}

Client::Client(std::shared_ptr<detail::Loop> loop) noexcept : loop_(std::move(loop)) {}

Result<Client> Client::create(ClientOptions options) {
    return detail::make_loop(std::move(options)).transform([](std::shared_ptr<detail::Loop> loop) {
        return Client(std::move(loop));
    });
}

Client Client::from_env() { return Client(detail::options_from_env()); }

AccountModule<Blocking> Client::account() const { return AccountModule<Blocking>(loop_); }
SitesModule<Blocking> Client::sites() const { return SitesModule<Blocking>(loop_); }
EventsModule<Blocking> Client::events() const { return EventsModule<Blocking>(loop_); }
MilestonesModule<Blocking> Client::milestones() const { return MilestonesModule<Blocking>(loop_); }
AggregationsModule<Blocking> Client::aggregations() const { return AggregationsModule<Blocking>(loop_); }
CurrentVisitorsModule<Blocking> Client::current_visitors() const { return CurrentVisitorsModule<Blocking>(loop_); }

Result<HttpResponse> Client::request(const RawRequest& request, const CallOptions& options) const {
    Result<detail::OperationRequest> checked = detail::operations::raw_request(request);
    if (!checked) return std::move(checked).error();
    return loop_->run(*std::move(checked), options);
}

Quota Client::quota() const { return loop_->quota(); }

} // namespace fathom
