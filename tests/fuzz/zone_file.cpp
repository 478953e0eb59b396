// Any file is a zone or none, and the periods of a zone follow each other without a gap.
#include <chrono>
#include <limits>

#include "require.hpp"
#include "zones/zone_file.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace fathom;
    using namespace std::chrono;
    const auto zone = detail::ZoneFile::parse(fuzz::text_of(data, size));
    if (!zone) return 0;
    for (const int year_number : {-30'000, 1, 1883, 1970, 2037, 2038, 30'000}) {
        sys_seconds instant = sys_days{year{year_number} / March / 1};
        for (int i = 0; i < 10; ++i) {
            const ZonePeriod period = zone->period_at(instant);
            fuzz::require(period.begin <= instant && instant < period.end, "a period holds the instant asked for");
            if (period.end == sys_seconds::max()) break;
            instant = period.end;
        }
    }
    return 0;
}
