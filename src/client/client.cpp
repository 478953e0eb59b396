#include <fathom/client.hpp>

#include <cstdlib>
#include <optional>
#include <string>
#include <utility>

#include "../loop/loop.hpp"
#include "../operations/raw_request.hpp"

namespace fathom {

namespace {

std::optional<std::string> environment(const char* name) {
    const char* value = std::getenv(name); // NOLINT(concurrency-mt-unsafe): read once, at start
    return value != nullptr ? std::optional<std::string>(value) : std::nullopt;
}

} // namespace

Client::Client(ClientOptions options) : loop_(detail::Loop::create(std::move(options)).value()) {}

Client::Client(std::shared_ptr<detail::Loop> loop) noexcept : loop_(std::move(loop)) {}

Result<Client> Client::create(ClientOptions options) {
    return detail::Loop::create(std::move(options)).transform([](std::shared_ptr<detail::Loop> loop) {
        return Client(std::move(loop));
    });
}

Client Client::from_env() {
    ClientOptions options{.api_key = environment("FATHOM_API_KEY").value_or("")};
    if (options.api_key.empty()) {
        throw Exception(invalid_argument("FATHOM_API_KEY", "the environment variable is not set or empty"));
    }
    // One that is set but empty is refused like any other bad address: a script may have meant a test server.
    if (std::optional<std::string> base_url = environment("FATHOM_BASE_URL")) options.base_url = *std::move(base_url);
    return Client(std::move(options));
}

AccountModule Client::account() const { return AccountModule(loop_); }
Sites Client::sites() const { return Sites(loop_); }
Events Client::events() const { return Events(loop_); }
Milestones Client::milestones() const { return Milestones(loop_); }
Aggregations Client::aggregations() const { return Aggregations(loop_); }
CurrentVisitorsModule Client::current_visitors() const { return CurrentVisitorsModule(loop_); }

Result<HttpResponse> Client::request(const RawRequest& request, const CallOptions& options) const {
    Result<detail::OperationRequest> checked = detail::operations::raw_request(request);
    if (!checked) return std::move(checked).error();
    return loop_->run(*std::move(checked), options);
}

Quota Client::quota() const { return loop_->quota(); }

} // namespace fathom
