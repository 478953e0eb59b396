/// @file
/// EmulatorOptions: which service an emulator plays.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include <fathom/export.hpp>
#include <fathom/testing/report_rules.hpp>
#include <fathom/testing/server_limits.hpp>

namespace fathom::testing {

/// Which service answers.
enum class Dialect {
    specification, ///< Answers exactly as the OpenAPI description says.
    live,          ///< Answers as the service really does: bare arrays, mixed number types, more fields, HTML errors.
};
/// Writes the enumerator's name in C++.
FATHOM_TESTING_EXPORT std::ostream& operator<<(std::ostream& out, Dialect value);

/// How much traffic an emulator starts with. It is made from the seed, and ends at the emulator's now.
enum class SampleData {
    none,  ///< No site at all.
    brief, ///< Three sites with ninety days.
    full,  ///< Twelve sites with two years; starts in under a second.
};
/// Writes the enumerator's name in C++.
FATHOM_TESTING_EXPORT std::ostream& operator<<(std::ostream& out, SampleData value);

/// What the live dialect does with the endpoints that the live service has retired.
enum class RetiredEndpoints {
    gone,    ///< Answers 410.
    working, ///< Answers as before.
};
/// Writes the enumerator's name in C++.
FATHOM_TESTING_EXPORT std::ostream& operator<<(std::ostream& out, RetiredEndpoints value);

/// Whether the live dialect's events have ids.
enum class EventIds {
    sent,   ///< They have, as cursors of lists.
    absent, ///< They have none, as the service's newest documentation has it; their names stand for them in cursors.
};
/// Writes the enumerator's name in C++.
FATHOM_TESTING_EXPORT std::ostream& operator<<(std::ostream& out, EventIds value);

/// How an emulator starts; all of it is optional.
struct EmulatorOptions {
    Dialect dialect = Dialect::specification;                       ///< See Dialect.
    SampleData sample_data = SampleData::brief;                     ///< Not made in a file that has sites already.
    std::uint64_t seed = 1;                                         ///< The same seed and `now`: the same data.
    std::optional<std::chrono::sys_seconds> now{};                  ///< Where time stands still; not set: it passes.
    std::string api_key = "emulator-key";                           ///< The key that is let in.
    std::vector<std::string> abilities{"*"};                        ///< Of that key: `read:CDBUGS`, `manage:CDBUGS`, …
    std::string host = "127.0.0.1";                                 ///< Where to listen.
    int port = 0;                                                   ///< 0: one that is free.
    std::filesystem::path database{};                               ///< SQLite file; empty: in memory.
    ServerLimits limits{};                                          ///< See ServerLimits.
    std::chrono::milliseconds latency{0};                           ///< Before each answer, in real time.
    ReportRules reports{};                                          ///< See ReportRules.
    std::function<std::chrono::steady_clock::time_point()> clock{}; ///< Drives the limits; called from any thread.
    RetiredEndpoints retired_endpoints = RetiredEndpoints::gone;    ///< For the live dialect.
    EventIds event_ids = EventIds::sent;                            ///< For the live dialect.

    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_TESTING_EXPORT std::ostream& operator<<(std::ostream& out, const EmulatorOptions& value);
};

} // namespace fathom::testing
