/// @file
/// AsyncClient: the way in for programs that must not wait.
#pragma once

#include <chrono>
#include <memory>
#include <stop_token>

#include <fathom/account.hpp>
#include <fathom/aggregations.hpp>
#include <fathom/async_style.hpp>
#include <fathom/call_options.hpp>
#include <fathom/client.hpp>
#include <fathom/current_visitors.hpp>
#include <fathom/events.hpp>
#include <fathom/export.hpp>
#include <fathom/future.hpp>
#include <fathom/http.hpp>
#include <fathom/milestones.hpp>
#include <fathom/rate_limit.hpp>
#include <fathom/result.hpp>
#include <fathom/sites.hpp>

namespace fathom::inline v0_2 {

class FATHOM_EXPORT EventLoopClient; // in event_loop_client.hpp

/// A client of the Fathom Analytics API whose calls return at once with a Future. It has the modules, parameters and
/// promises of Client. Cheap to copy, and safe to use from any thread. Its first call starts a background thread, which
/// moves all calls on and runs their continuations. A program that has an event loop can do without, see EventLoopClient.
///
/// When the last copy goes, and with it the last Client and list that share its connections, the calls under way end with
/// ErrorKind::cancelled. After a `fork()` the child must make clients of its own.
///
/// @code
/// fathom::Future<void> show_sites(fathom::AsyncClient client) {
///     const std::vector<fathom::Site> sites = (co_await client.sites().list().collect()).value();
///     for (const fathom::Site& site : sites) std::cout << site.name << '\n';
/// }
/// @endcode
class FATHOM_EXPORT AsyncClient {
public:
    /// Checks the options and makes a client; sends nothing.
    /// @param options how it works
    /// @param executor runs the continuations of its futures; empty: its background thread does
    /// @throws Exception of kind invalid_argument where an option is wrong
    explicit AsyncClient(ClientOptions options, Executor executor = {});
    /// The same without exceptions.
    [[nodiscard]] static Result<AsyncClient> create(ClientOptions options, Executor executor = {});
    /// A client that is set up by its environment, see Client::from_env().
    /// @throws Exception of kind invalid_argument where the key is missing or an option is wrong
    [[nodiscard]] static AsyncClient from_env(Executor executor = {});
    /// A client that shares connections, limits and cache with one whose calls block.
    explicit AsyncClient(const Client& client, Executor executor = {});

    /// A client whose calls block and that shares connections, limits and cache with this one.
    [[nodiscard]] Client blocking() const;

    /// The account and the key.
    [[nodiscard]] AccountModule<Async> account() const;
    /// Sites.
    [[nodiscard]] SitesModule<Async> sites() const;
    /// Events of a site.
    [[nodiscard]] EventsModule<Async> events() const;
    /// Milestones of a site.
    [[nodiscard]] MilestonesModule<Async> milestones() const;
    /// Reports.
    [[nodiscard]] AggregationsModule<Async> aggregations() const;
    /// Current visitors.
    [[nodiscard]] CurrentVisitorsModule<Async> current_visitors() const;

    /// Sends any request, see Client::request().
    [[nodiscard]] Future<HttpResponse> request(const RawRequest& request, const CallOptions& options = {}) const;

    /// A pause: ready after that time, by the clock of the client's transport. So a program that waits between its calls is
    /// tested in virtual time. It sends nothing, and no observer is told of it.
    /// @param duration how long; 0 or less for not at all
    /// @param stop ends it with ErrorKind::cancelled, as Future::cancel() and the end of the client do
    ///
    /// @code
    /// while (true) {
    ///     show((co_await client.current_visitors().get(site)).value());
    ///     (co_await client.sleep_for(15s)).value();
    /// }
    /// @endcode
    [[nodiscard]] Future<void> sleep_for(std::chrono::milliseconds duration, const std::stop_token& stop = {}) const;

    /// How the limits stand, see Client::quota().
    [[nodiscard]] Quota quota() const;

private:
    friend class EventLoopClient;
    explicit AsyncClient(detail::Route<Async> route) noexcept;

    detail::Route<Async> route_;
};

} // namespace fathom::inline v0_2
