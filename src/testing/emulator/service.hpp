/// @file
/// Service: the state that the API's operations share; Call: one use of an operation.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <fathom/testing/emulator_options.hpp>
#include <fathom/testing/recorded_request.hpp>

#include "database.hpp"
#include "id_source.hpp"

namespace fathom::testing::detail {

/// What operations work on. Whoever calls one holds the emulator's lock.
///
/// The emulator judges the SDK, so it shares none of its code: paths, field names and rules are written here a second
/// time, from the API's description, and a slip in one of the two shows in the tests that let them talk.
struct Service {
    Database& database;
    IdSource ids;
    Dialect dialect;
    EventIds event_ids;
    std::vector<std::string> abilities;
    ReportRules rules;
    std::uint64_t seed;
    std::function<std::chrono::sys_seconds()> now;
    std::int64_t reports_answered = 0; ///< Shuffles the rows of each report in another way.

    [[nodiscard]] bool is_live() const noexcept { return dialect == Dialect::live; }
    /// Whether events are known by their names alone.
    [[nodiscard]] bool has_event_ids() const noexcept { return !is_live() || event_ids == EventIds::sent; }
    /// The status for a parameter that names something unknown: the description lists no 404 for reports and lists.
    [[nodiscard]] int unknown_reference_status() const noexcept { return is_live() ? 404 : 400; }
};

/// A request, and the ids that its path holds.
struct Call {
    const RecordedRequest& request;
    std::vector<std::string> ids;

    [[nodiscard]] const std::string& site_id() const { return ids.at(0); }
    /// The event's or milestone's.
    [[nodiscard]] const std::string& item_id() const { return ids.at(1); }
};

} // namespace fathom::testing::detail
