/// @file
/// What the service saw.
#pragma once

#include <chrono>
#include <cstddef>
#include <vector>

#include <fathom/testing/recorded_request.hpp>

namespace fathom {

using Requests = std::vector<testing::RecordedRequest>;

/// Those that the limit on reports counts.
[[nodiscard]] Requests reports_of(const Requests& requests);
/// How many of them were answered 429.
[[nodiscard]] std::size_t refused_of(const Requests& requests);
/// Those that asked what a program of the same name had asked less than that time before.
[[nodiscard]] Requests repeated_within(const Requests& requests, std::chrono::seconds time);
/// How many came within that time from the first on.
[[nodiscard]] std::size_t come_within(const Requests& reports, std::chrono::seconds time);

} // namespace fathom
