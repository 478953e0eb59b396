#include "snapshot.hpp"

#include <cstdint>
#include <string>
#include <vector>

#include <fathom/records.hpp>

namespace {

using fathom::cli::PanelEntry;
using fathom::cli::PanelHour;
using fathom::cli::Panels;

std::string number(std::int64_t value) { return std::to_string(value); }
std::string number(std::chrono::sys_seconds time) { return number(time.time_since_epoch().count()); }
std::string text(const std::string& value) { return fathom::to_json(value); }

std::string entry(const PanelEntry& value) {
    return R"({"name":)" + text(value.name) + R"(,"count":)" + number(value.count) + "}";
}

std::string hour(const PanelHour& value) {
    return R"({"today":)" + (value.today ? number(*value.today) : "null") + R"(,"last_week":)" +
           number(value.last_week) + "}";
}

template <class T, class Write>
std::string list(const std::vector<T>& values, Write write) {
    std::string json = "[";
    for (const T& value : values) json += (json.size() > 1 ? "," : "") + write(value);
    return json + "]";
}

std::string panels_json(const Panels& panels) {
    return R"({"site":)" + text(panels.site.name) + R"(,"timezone":)" + text(panels.timezone) + R"(,"date":")" +
           date_text(panels) + R"(","taken_at":)" + number(panels.taken_at) + R"(,"visitors_now":)" +
           number(panels.visitors_now) + R"(,"visits_today":)" + number(visits_today(panels)) +
           R"(,"visits_last_week":)" + number(visits_last_week(panels)) + R"(,"hours":)" + list(panels.hours, hour) +
           R"(,"pages":)" + list(panels.pages, entry) + R"(,"referrers":)" + list(panels.referrers, entry) +
           R"(,"countries":)" + list(panels.countries, entry) + "}";
}

} // namespace

std::string to_json(const Snapshot& snapshot) {
    return R"({"next_at":)" + number(snapshot.next_at) + R"(,"problem":)" +
           (snapshot.problem ? text(*snapshot.problem) : "null") + R"(,"panels":)" +
           (snapshot.panels ? panels_json(*snapshot.panels) : "null") + "}";
}
