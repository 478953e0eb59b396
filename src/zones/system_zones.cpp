#include <fathom/time_zone.hpp>

#include <stdexcept>

namespace fathom::inline v0_2 {

namespace {

/// The standard library's rules. FATHOM_HAS_TZDB is set by the build where they compile and link.
class SystemTimeZones final : public TimeZones {
public:
    [[nodiscard]] std::optional<ZonePeriod>
    period_at([[maybe_unused]] const std::string& zone,
              [[maybe_unused]] std::chrono::sys_seconds instant) const override {
#if defined(FATHOM_HAS_TZDB)
        try {
            const std::chrono::sys_info info = std::chrono::locate_zone(zone)->get_info(instant);
            return ZonePeriod{info.begin, info.end, info.offset};
        } catch (const std::runtime_error&) { // no such zone, or a machine without the database
        }
#endif
        return std::nullopt;
    }
};

} // namespace

std::shared_ptr<const TimeZones> system_time_zones() {
    static const auto zones = std::make_shared<const SystemTimeZones>();
    return zones;
}

} // namespace fathom::inline v0_2
