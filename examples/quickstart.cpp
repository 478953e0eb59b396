// Prints the sites of an account, then the last 30 days of one of them by day, and its top pages.
//
//     FATHOM_API_KEY=... quickstart [site id]
#include <fathom/fathom.hpp>

#include <chrono>
#include <exception>
#include <iostream>

namespace {

// g++ 12 cannot print dates by itself yet.
std::ostream& operator<<(std::ostream& out, const std::chrono::year_month_day& date) {
    return out << int{date.year()} << '-' << unsigned{date.month()} << '-' << unsigned{date.day()};
}

} // namespace

int main(int argc, char** argv) try {
    using namespace std::chrono;
    using fathom::PageviewMetric;
    const fathom::Client client = fathom::Client::from_env();

    fathom::SiteId site_id(argc > 1 ? argv[1] : "");
    for (const fathom::Result<fathom::Site>& site : client.sites().list()) {
        std::cout << site.value().id << "  " << site.value().name << '\n';
        if (site_id.empty()) site_id = site.value().id;
    }

    fathom::PageviewQuery query{.aggregates = {PageviewMetric::visits},
                                .date_grouping = fathom::DateGrouping::day,
                                .range = fathom::last_days(30)}; // in the site's time zone
    const auto by_day = client.aggregations().pageviews(site_id, query).and_then(&fathom::PageviewReport::fill_gaps);
    for (const fathom::PageviewRow& row : by_day.value()) {
        std::cout << year_month_day(floor<days>(row.time.value())) << "  " << row.visits.value_or(0) << " visits\n";
    }

    query.date_grouping.reset();
    query.field_grouping = fathom::Field::pathname;
    query.sort_by = fathom::descending(PageviewMetric::visits);
    query.limit = 10;
    const auto top_pages = client.aggregations().pageviews(site_id, query);
    for (const fathom::PageviewRow& row : top_pages.value()) {
        std::cout << row.fields[fathom::Field::pathname] << "  " << row.visits.value_or(0) << " visits\n";
    }
} catch (const std::exception& problem) {
    std::cerr << problem.what() << '\n';
    return 1;
}
