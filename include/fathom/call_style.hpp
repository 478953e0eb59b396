/// @file
/// How the calls of a Client give their outcome.
#pragma once

#include <memory>

#include <fathom/export.hpp>
#include <fathom/pagination.hpp>
#include <fathom/result.hpp>

namespace fathom::inline v0_2 {

/// Calls of a Client: they return when the outcome is there.
struct FATHOM_EXPORT Blocking {
    template <class T>
    using Outcome = Result<T>; ///< What a call gives.
    template <class T>
    using List = Items<T>; ///< What a list gives.
};

struct FATHOM_EXPORT Async; // in async_style.hpp, which blocking programs need not compile

} // namespace fathom::inline v0_2

namespace fathom::detail {

class Loop;

/// Where the calls of a style go.
template <class Style>
struct RouteOf;
template <>
struct RouteOf<Blocking> {
    using type = std::shared_ptr<Loop>;
};
template <class Style>
using Route = typename RouteOf<Style>::type;

/// The same as a module holds it.
template <class Style>
struct ModuleRouteOf {
    using type = Route<Style>;
};
template <class Style>
using ModuleRoute = typename ModuleRouteOf<Style>::type;

} // namespace fathom::detail
