/// @file
/// Answers to decode.
#pragma once

#include <cstddef>
#include <string>

namespace fathom::benchmark {

/// A list of sites of about 2 KB.
[[nodiscard]] std::string sites_body();

/// A page of events: numbers `first` to `first + count - 1`.
[[nodiscard]] std::string events_body(std::size_t first, std::size_t count, bool has_more);
/// The id of an event of that number, as wide as all others.
[[nodiscard]] std::string event_id(std::size_t number);

/// The rows of a report by day and pathname: numbers as text, as the service sends sums, and paths that repeat.
[[nodiscard]] std::string report_body(std::size_t rows);

} // namespace fathom::benchmark
