// A program that uses the component zones of an installed fathom.
#include <cstdlib>

#include <fathom/zones/date_time_zones.hpp>

int main() {
    const auto utc = fathom::TimeZone::find("Etc/UTC", fathom::zones::date_time_zones());
    const auto nowhere = fathom::TimeZone::find("Nowhere/Never", fathom::zones::date_time_zones());
    return utc && !nowhere ? EXIT_SUCCESS : EXIT_FAILURE;
}
