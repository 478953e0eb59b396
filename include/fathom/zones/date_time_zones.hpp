/// @file
/// Rules of all time zones, for standard libraries that have none.
#pragma once

#include <memory>

#include <fathom/export.hpp>
#include <fathom/time_zone.hpp>

/// Rules of time zones from Howard Hinnant's date library.
namespace fathom::zones {

/// The rules that Howard Hinnant's date library reads from the machine's database, for ClientOptions::time_zones.
///
/// @code
/// fathom::Client client{{.api_key = key, .time_zones = fathom::zones::date_time_zones()}};
/// @endcode
[[nodiscard]] FATHOM_ZONES_EXPORT std::shared_ptr<const TimeZones> date_time_zones();

} // namespace fathom::zones
