/// @file
/// Who is on a site right now.
#pragma once

#include <cstdint>
#include <vector>

#include <fathom/testing/emulated_data.hpp>

#include "records.hpp"
#include "service.hpp"

namespace fathom::testing::detail {

/// Who is on the site: what a test has said; or else those who viewed a page in the five minutes before now and, on a
/// sample site, passers-by who come and go with the clock.
[[nodiscard]] std::vector<EmulatedVisitors> visitors_present(Service& service, const SiteRecord& site);

} // namespace fathom::testing::detail
