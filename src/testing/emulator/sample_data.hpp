/// @file
/// Sample data: sites with traffic that looks like the real thing, the same for the same seed and time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <fathom/testing/emulated_data.hpp>
#include <fathom/testing/emulator_options.hpp>

#include "id_source.hpp"
#include "service.hpp"

namespace fathom::testing::detail {

/// Adds sample data, up to the service's now.
void fill_with_sample_data(Service& service, SampleData size, std::uint64_t seed);

/// Visitors of one site, made at random from lists of common values.
[[nodiscard]] VisitorTraits make_traits(Dice& dice, const std::string& hostname);

/// A site of the samples, busiest first.
struct SampleSite {
    std::string_view id;
    std::string_view name;
    std::string_view hostname;
    std::string_view timezone;
    std::uint64_t hourly_percent; ///< Rows of facts per hundred hours.
};

/// All of them.
[[nodiscard]] const std::vector<SampleSite>& sample_sites();

} // namespace fathom::testing::detail
