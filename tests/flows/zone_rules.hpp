/// @file
/// The rules of time zones that the tests of this folder go by.
#pragma once

#include <memory>

#include <fathom/time_zone.hpp>
#if defined(FATHOM_WITH_ZONES)
#include <fathom/zones/date_time_zones.hpp>
#endif

namespace fathom {

/// Those of fathom::zones where that is built, else the system's.
inline std::shared_ptr<const TimeZones> zone_rules() {
#if defined(FATHOM_WITH_ZONES)
    return zones::date_time_zones();
#else
    return system_time_zones();
#endif
}

} // namespace fathom
