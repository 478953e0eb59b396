/// @file
/// AsyncClient: the way in for programs that must not wait.
#pragma once

#include <memory>

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

    /// How the limits stand, see Client::quota().
    [[nodiscard]] Quota quota() const;

private:
    friend class EventLoopClient;
    explicit AsyncClient(detail::Route<Async> route) noexcept;

    detail::Route<Async> route_;
};

} // namespace fathom::inline v0_2
