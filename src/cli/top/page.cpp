#include <algorithm>

#include "../html.hpp"
#include "hour_chart.hpp"
#include "output.hpp"
#include "phrases.hpp"

namespace fathom::cli {

namespace {

std::string cell(std::int64_t number) { return "<td class=\"number\">" + std::to_string(number) + "</td>"; }

/// Says nothing that the numbers beside it do not say.
std::string bar(std::int64_t count, std::int64_t highest, const char* style) {
    return html_bar(highest > 0 ? static_cast<double>(count) / static_cast<double>(highest) : 0, style);
}

/// A table that scrolls by itself where the screen is small, also by keys.
std::string table_of(const std::string& caption, const std::string& head, const std::string& rows) {
    return R"(<section class="wide" tabindex="0" aria-label=")" + caption + "\">\n<table>\n<caption>" + caption +
           "</caption>\n<thead>\n<tr>" + head + "<td class=\"chart\"></td></tr>\n</thead>\n<tbody>\n" + rows +
           "</tbody>\n</table>\n</section>\n";
}

std::string column(const char* heading) { return html_heading(heading, false); }
std::string number_column(const char* heading) { return html_heading(heading, true); }

std::string hour_table(const Panels& panels) {
    const std::int64_t highest = highest_bar(panels);
    std::string rows;
    for (std::size_t i = 0; i < panels.hours.size(); ++i) {
        const PanelHour& hour = panels.hours[i];
        rows += "<tr><th scope=\"row\">" + std::to_string(i) + ":00</th>" +
                (hour.today ? cell(*hour.today) : "<td class=\"number\"></td>") + cell(hour.last_week) +
                "<td class=\"chart\">" + bar(hour.today.value_or(0), highest, "; opacity: 1") +
                bar(hour.last_week, highest, "; opacity: .4") + "</td></tr>\n";
    }
    return table_of("Visits by hour, in " + html_text(panels.timezone),
                    column("Hour") + number_column("Today") + number_column("A week ago"), rows);
}

struct TableTexts {
    const char* caption;
    const char* name;
    const char* metric;
    const char* nameless;
};

std::string list_table(const TableTexts& texts, const std::vector<PanelEntry>& entries) {
    std::int64_t highest = 0;
    for (const PanelEntry& entry : entries) highest = std::max(highest, entry.count);
    std::string rows;
    for (const PanelEntry& entry : entries) {
        rows += "<tr><th scope=\"row\">" + html_text(entry.name.empty() ? texts.nameless : entry.name) + "</th>" +
                cell(entry.count) + "<td class=\"chart\">" + bar(entry.count, highest, "; opacity: 1") + "</td></tr>\n";
    }
    return table_of(texts.caption, column(texts.name) + number_column(texts.metric), rows);
}

} // namespace

std::string page_of(const Panels& panels) {
    std::string content = "<p><strong>" + html_text(counted(panels.visitors_now, "visitor")) + " now</strong>, " +
                          html_text(comparison_of(panels)) + "</p>\n";
    content += hour_table(panels);
    content += list_table({"Pages by views today", "Page", "Views", "(none)"}, panels.pages);
    content += list_table({"Referrers by visits today", "Referrer", "Visits", direct_visits}, panels.referrers);
    content += list_table({"Countries by visits today", "Country", "Visits", "(unknown)"}, panels.countries);
    return html_page(title_of(panels.site), content);
}

} // namespace fathom::cli
