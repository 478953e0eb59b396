// Shows the last 30 days of a site in a terminal: top pages, a table by day, a chart of the visits.
//
//     FATHOM_API_KEY=... demo [site id]     the live service
//     demo --emulator                       a service inside this program, with made-up visits
#include <fathom/fathom.hpp>
#include <fathom/testing/client_options.hpp>
#include <fathom/testing/emulator.hpp>

#include <chrono>
#include <exception>
#include <iostream>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "chart.hpp"
#include "table.hpp"
#include "text.hpp"

namespace {

using fathom::PageviewMetric;
using std::chrono::days;

struct Arguments {
    bool emulator = false;
    std::optional<fathom::SiteId> site{};
};

Arguments read_arguments(const std::vector<std::string_view>& words) {
    Arguments arguments;
    for (const std::string_view word : words) {
        if (word == "--emulator") {
            arguments.emulator = true;
        } else {
            arguments.site.emplace(std::string(word));
        }
    }
    return arguments;
}

/// Prints the sites. @return the first one
fathom::Site show_sites(const fathom::Client& client) {
    const std::vector<fathom::Site> sites = client.sites().list().collect().value();
    if (sites.empty()) throw std::runtime_error("the key reaches no site");
    demo::Table table({{.title = "site"}, {.title = "name"}, {.title = "time zone"}});
    for (const fathom::Site& site : sites) {
        table.add(
            {demo::printable(site.id.str()), demo::printable(site.name), demo::printable(site.timezone.value_or("-"))});
    }
    std::cout << "Sites\n\n" << table << '\n';
    return sites.front();
}

/// The question about the last 30 days, up to now. In UTC the library knows where each day begins, so that fill_gaps()
/// can add days without visits at either end.
fathom::PageviewQuery last_30_days() {
    const auto now = std::chrono::system_clock::now();
    return {.aggregates = {PageviewMetric::visits, PageviewMetric::uniques, PageviewMetric::pageviews,
                           PageviewMetric::avg_duration},
            .timezone = "UTC",
            .date_from = std::chrono::floor<days>(now) - days{29},
            .date_to = now};
}

void show_top_pages(const fathom::Client& client, const fathom::SiteId& site) {
    fathom::PageviewQuery query = last_30_days();
    query.field_grouping = fathom::Field::pathname;
    query.sort_by = fathom::descending(PageviewMetric::visits);
    query.limit = 10;
    const fathom::PageviewReport report = client.aggregations().pageviews(site, query).value();

    demo::Table table({{.title = "page"}, {.title = "visits", .align = demo::Align::right}});
    for (const fathom::PageviewRow& row : report) {
        table.add({demo::printable(row.fields[fathom::Field::pathname]), demo::number_text(row.visits)});
    }
    std::cout << "Top pages of 30 days\n\n" << table << '\n';
}

void show_days(const fathom::Client& client, const fathom::SiteId& site) {
    fathom::PageviewQuery query = last_30_days();
    query.date_grouping = fathom::DateGrouping::day;
    const fathom::PageviewReport report =
        client.aggregations().pageviews(site, query).and_then(&fathom::PageviewReport::fill_gaps).value();

    constexpr auto right = demo::Align::right;
    demo::Table table({{.title = "day"},
                       {.title = "visits", .align = right},
                       {.title = "visitors", .align = right},
                       {.title = "pageviews", .align = right},
                       {.title = "seconds on site", .align = right}});
    std::vector<demo::Bar> bars;
    for (const fathom::PageviewRow& row : report) {
        const std::string day = demo::date_text(row.time.value());
        const auto seconds = row.avg_duration ? std::optional(row.avg_duration->count()) : std::nullopt;
        table.add({day, demo::number_text(row.visits), demo::number_text(row.uniques), demo::number_text(row.pageviews),
                   demo::decimal_text(seconds)});
        bars.push_back({.label = day, .value = row.visits.value_or(0)});
    }
    std::cout << "By day (UTC)\n\n" << table << "\nVisits by day\n\n";
    demo::draw(std::cout, bars, demo::terminal_ink());
}

void run(const Arguments& arguments) {
    std::optional<fathom::testing::Emulator> emulator;
    if (arguments.emulator)
        emulator.emplace(fathom::testing::EmulatorOptions{.dialect = fathom::testing::Dialect::live});
    const fathom::Client client =
        emulator ? fathom::Client(fathom::testing::client_options(*emulator)) : fathom::Client::from_env();

    const fathom::Site first = show_sites(client);
    const fathom::SiteId site = arguments.site.value_or(first.id);
    show_top_pages(client, site);
    show_days(client, site);
}

} // namespace

int main(int argc, char** argv) {
    try {
        run(read_arguments({argv + 1, argv + argc}));
    } catch (const std::exception& problem) {
        std::cerr << demo::printable(problem.what(), 1000) << '\n';
        return 1;
    }
}
