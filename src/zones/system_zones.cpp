#include <fathom/time_zone.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string_view>
#include <system_error>
#include <utility>

#include "zone_file.hpp"

namespace fathom::inline v0_2 {

namespace {

/// Whether a name can be a zone's, which makes it a safe part of a path.
bool is_zone_name(std::string_view name) {
    const auto is_allowed = [](char c) {
        const char letter = static_cast<char>(c | 0x20);
        return (letter >= 'a' && letter <= 'z') || (c >= '0' && c <= '9') || c == '/' || c == '_' || c == '-' ||
               c == '+';
    };
    return !name.empty() && name.front() != '/' && name.size() < 100 && std::ranges::all_of(name, is_allowed);
}

std::optional<detail::ZoneFile> read_zone(const std::string& name) {
    for (const char* folder : {"/usr/share/zoneinfo/", "/usr/lib/zoneinfo/", "/usr/share/lib/zoneinfo/"}) {
        std::error_code problem;
        if (!std::filesystem::is_regular_file(folder + name, problem)) continue; // "Europe" is a folder
        std::ifstream file(folder + name, std::ios::binary);
        const std::string content{std::istreambuf_iterator<char>(file), {}};
        if (auto zone = detail::ZoneFile::parse(content)) return zone;
    }
    return std::nullopt;
}

/// The rules in the files of the operating system, each read once.
class ZoneFiles {
public:
    [[nodiscard]] std::optional<ZonePeriod> period_at(const std::string& zone, std::chrono::sys_seconds instant) const {
        const std::scoped_lock lock(mutex_);
        auto known = zones_.find(zone);
        if (known == zones_.end()) {
            auto found = read_zone(zone);
            if (!found) return std::nullopt;
            known = zones_.emplace(zone, *std::move(found)).first;
        }
        return known->second.period_at(instant);
    }

private:
    mutable std::mutex mutex_{};
    mutable std::map<std::string, detail::ZoneFile> zones_{};
};

/// The rules of the standard library. FATHOM_HAS_TZDB is set by the build where they compile and link.
std::optional<ZonePeriod> standard_period_at([[maybe_unused]] const std::string& zone,
                                             [[maybe_unused]] std::chrono::sys_seconds instant) {
#if defined(FATHOM_HAS_TZDB)
    try {
        const std::chrono::sys_info info = std::chrono::locate_zone(zone)->get_info(instant);
        return ZonePeriod{info.begin, info.end, info.offset};
    } catch (const std::runtime_error&) { // no such zone, or a machine without the database
    }
#endif
    return std::nullopt;
}

/// Files first: that database of g++ 14.2 changes the clocks of Moscow and Istanbul at wrong instants.
class SystemTimeZones final : public TimeZones {
public:
    [[nodiscard]] std::optional<ZonePeriod> period_at(const std::string& zone,
                                                      std::chrono::sys_seconds instant) const override {
        if (!is_zone_name(zone)) return std::nullopt;
        const auto period = files_.period_at(zone, instant);
        return period ? period : standard_period_at(zone, instant);
    }

private:
    ZoneFiles files_{};
};

} // namespace

std::shared_ptr<const TimeZones> system_time_zones() {
    static const auto zones = std::make_shared<const SystemTimeZones>();
    return zones;
}

} // namespace fathom::inline v0_2
