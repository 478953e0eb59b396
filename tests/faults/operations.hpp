/// @file
/// Each kind of operation, with either client.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <fathom/fathom.hpp>

namespace fathom::faults {

/// A kind of operation. The calls give the error that they meet; nothing where they succeed.
struct Operation {
    std::string name;
    std::function<std::optional<Error>(const Client&)> blocking;
    std::function<std::optional<Error>(const AsyncClient&)> async;
};

template <class T>
std::optional<Error> error_of(const Result<T>& result) {
    return result ? std::nullopt : std::optional(result.error());
}

inline std::vector<Operation> operations() {
    const SiteId site{"A"};
    const PageviewQuery visits{.aggregates = {PageviewMetric::visits}};
    return {
        {"read", [=](const Client& c) { return error_of(c.sites().get(site)); },
         [=](const AsyncClient& c) { return error_of(c.sites().get(site).get()); }},
        {"list", [](const Client& c) { return error_of(c.sites().list().collect()); },
         [](const AsyncClient& c) { return error_of(c.sites().list().collect().get()); }},
        {"report", [=](const Client& c) { return error_of(c.aggregations().pageviews(site, visits)); },
         [=](const AsyncClient& c) { return error_of(c.aggregations().pageviews(site, visits).get()); }},
        {"visitors", [=](const Client& c) { return error_of(c.current_visitors().get(site)); },
         [=](const AsyncClient& c) { return error_of(c.current_visitors().get(site).get()); }},
        {"create", [](const Client& c) { return error_of(c.sites().create({.name = "Shop"})); },
         [](const AsyncClient& c) { return error_of(c.sites().create({.name = "Shop"}).get()); }},
        {"update", [=](const Client& c) { return error_of(c.sites().update(site, {.name = "Shop"})); },
         [=](const AsyncClient& c) { return error_of(c.sites().update(site, {.name = "Shop"}).get()); }},
        {"remove", [=](const Client& c) { return error_of(c.sites().remove(site, irreversible)); },
         [=](const AsyncClient& c) { return error_of(c.sites().remove(site, irreversible).get()); }},
    };
}

} // namespace fathom::faults
