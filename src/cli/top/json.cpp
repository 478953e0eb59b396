#include <sstream>

#include <fathom/report_query.hpp>

#include "output.hpp"

namespace fathom::cli {

namespace {

std::string text_of(const ReportTime& time) {
    std::ostringstream text;
    text << time;
    return text.str();
}

Record hours_of(const Panels& panels) {
    Record hours = Record::array();
    for (std::size_t hour = 0; hour < panels.hours.size(); ++hour) {
        Record record{{"hour", hour}};
        if (panels.hours[hour].today) record["today"] = *panels.hours[hour].today;
        record["last_week"] = panels.hours[hour].last_week;
        hours.push_back(std::move(record));
    }
    return hours;
}

Record entries_of(const std::vector<PanelEntry>& entries, const char* name, const char* metric) {
    Record records = Record::array();
    for (const PanelEntry& entry : entries) records.push_back({{name, entry.name}, {metric, entry.count}});
    return records;
}

} // namespace

Record record_of_panels(const Panels& panels) {
    return {{"site", panels.site.id.str()},
            {"name", panels.site.name},
            {"timezone", panels.timezone},
            {"at", text_of(panels.taken_at)},
            {"date", date_text(panels)},
            {"visitors", panels.visitors_now},
            {"visits_today", visits_today(panels)},
            {"visits_last_week", visits_last_week(panels)},
            {"hours", hours_of(panels)},
            {"pages", entries_of(panels.pages, "pathname", "pageviews")},
            {"referrers", entries_of(panels.referrers, "referrer_hostname", "visits")},
            {"countries", entries_of(panels.countries, "country_code", "visits")}};
}

std::vector<std::string> panel_fields() {
    std::vector<std::string> names;
    const Record record = record_of_panels({});
    for (const auto& [name, value] : record.items()) names.push_back(name);
    return names;
}

} // namespace fathom::cli
