/// @file
/// Client: the way in.
#pragma once

#include <memory>

#include <fathom/account.hpp>
#include <fathom/aggregations.hpp>
#include <fathom/call_options.hpp>
#include <fathom/call_style.hpp>
#include <fathom/client_options.hpp>
#include <fathom/current_visitors.hpp>
#include <fathom/events.hpp>
#include <fathom/export.hpp>
#include <fathom/http.hpp>
#include <fathom/milestones.hpp>
#include <fathom/rate_limit.hpp>
#include <fathom/result.hpp>
#include <fathom/sites.hpp>

namespace fathom::detail {
class Loop;
} // namespace fathom::detail

namespace fathom::inline v0_2 {

class FATHOM_EXPORT AsyncClient; // in async_client.hpp, which blocking programs need not compile

/// A client of the Fathom Analytics API whose calls block. Cheap to copy (copies share connections and limits), and safe
/// to use from any thread. It starts no thread, unless a list is walked with `prefetch`, a stale answer is renewed or a
/// LimitNotice is to be told.
///
/// @code
/// fathom::Client client{{.api_key = key}};
/// for (const fathom::Result<fathom::Site>& site : client.sites().list())
///     std::cout << site.value().name << '\n';
/// @endcode
class FATHOM_EXPORT Client {
public:
    /// Checks the options and makes a client; sends nothing.
    /// @throws Exception of kind invalid_argument where an option is wrong
    explicit Client(ClientOptions options);
    /// The same without exceptions.
    [[nodiscard]] static Result<Client> create(ClientOptions options);
    /// A client with the key in the environment variable `FATHOM_API_KEY` and, if set, the address in `FATHOM_BASE_URL`.
    /// To combine them with other options, see ClientOptions::from_env().
    /// @throws Exception of kind invalid_argument where the key is missing or an option is wrong
    [[nodiscard]] static Client from_env();

    /// The account and the key.
    [[nodiscard]] AccountModule<Blocking> account() const;
    /// Sites.
    [[nodiscard]] SitesModule<Blocking> sites() const;
    /// Events of a site.
    [[nodiscard]] EventsModule<Blocking> events() const;
    /// Milestones of a site.
    [[nodiscard]] MilestonesModule<Blocking> milestones() const;
    /// Reports.
    [[nodiscard]] AggregationsModule<Blocking> aggregations() const;
    /// Current visitors.
    [[nodiscard]] CurrentVisitorsModule<Blocking> current_visitors() const;

    /// Sends any request with the client's key, limits and retries, and gives the answer whatever its status: the way to
    /// endpoints that this library does not know.
    /// @return an Error only where no answer came, or where the request was refused before sending
    [[nodiscard]] Result<HttpResponse> request(const RawRequest& request, const CallOptions& options = {}) const;

    /// How the limits stand: free permits, when the next comes, who waits, what was sent. Sends nothing.
    [[nodiscard]] Quota quota() const;

private:
    friend class AsyncClient;
    explicit Client(std::shared_ptr<detail::Loop> loop) noexcept;

    std::shared_ptr<detail::Loop> loop_;
};

} // namespace fathom::inline v0_2
