/// @file
/// How the calls of an AsyncClient give their outcome.
#pragma once

#include <memory>

#include <fathom/async_pagination.hpp>
#include <fathom/call_style.hpp>
#include <fathom/executor.hpp>
#include <fathom/export.hpp>
#include <fathom/future.hpp>

namespace fathom::inline v0_2 {

/// Calls of an AsyncClient: they return at once, and the outcome comes later.
struct FATHOM_EXPORT Async {
    template <class T>
    using Outcome = Future<T>; ///< What a call gives.
    template <class T>
    using List = AsyncItems<T>; ///< What a list gives.
};

} // namespace fathom::inline v0_2

namespace fathom::detail {

/// Where the calls of an AsyncClient go.
struct AsyncRoute {
    std::shared_ptr<Loop> loop; ///< Where calls go.
    Executor executor;          ///< Where continuations run; none: on the background thread.
};
template <>
struct RouteOf<Async> {
    using type = AsyncRoute;
};

/// The same as a module holds it: without the client. A coroutine that awaits client.sites().get() in one expression keeps
/// that module until the call has ended; by its client, which it would keep too, the call could not be ended.
struct AsyncModuleRoute {
    AsyncModuleRoute(AsyncRoute route) noexcept // NOLINT(google-explicit-constructor): the same
        : loop(route.loop), executor(std::move(route.executor)) {}
    operator AsyncRoute() const { return {loop.lock(), executor}; } // NOLINT(google-explicit-constructor)

    std::weak_ptr<Loop> loop; ///< Where calls go, while there is a client.
    Executor executor;        ///< See AsyncRoute.
};
template <>
struct ModuleRouteOf<Async> {
    using type = AsyncModuleRoute;
};

} // namespace fathom::detail
