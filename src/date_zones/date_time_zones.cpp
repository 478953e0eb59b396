#include <fathom/zones/date_time_zones.hpp>

#include <stdexcept>

#include <date/tz.h>

namespace fathom::zones {

namespace {

class DateTimeZones final : public TimeZones {
public:
    [[nodiscard]] std::optional<ZonePeriod> period_at(const std::string& zone,
                                                      std::chrono::sys_seconds instant) const override {
        try {
            const date::sys_info info = date::locate_zone(zone)->get_info(instant);
            return ZonePeriod{info.begin, info.end, info.offset};
        } catch (const std::runtime_error&) { // no such zone, or a machine without the database
            return std::nullopt;
        }
    }
};

} // namespace

std::shared_ptr<const TimeZones> date_time_zones() {
    static const auto zones = std::make_shared<const DateTimeZones>();
    return zones;
}

} // namespace fathom::zones
