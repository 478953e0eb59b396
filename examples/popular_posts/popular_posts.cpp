#include "popular_posts.hpp"

#include <algorithm>
#include <string_view>

#include <fathom/records.hpp>

void write_popular_posts(const fathom::Client& client, const fathom::SiteId& site, const std::string& pattern,
                         std::ostream& out) {
    fathom::PageviewQuery query{.aggregates = {fathom::PageviewMetric::visits},
                                .field_grouping = fathom::Field::pathname,
                                .sort_by = fathom::descending(fathom::PageviewMetric::visits),
                                .range = fathom::last_full_days(30),
                                .limit = 10,
                                .filters = {fathom::Field::pathname.like(pattern)}};
    const fathom::PageviewReport posts = client.aggregations().pageviews(site, query).value();
    query.range = query.range->preceding();
    query.limit = 1000; // a post that is popular now may have been far down
    const fathom::PageviewReport before = client.aggregations().pageviews(site, query).value();

    std::string_view separator = "[\n";
    for (const fathom::PageviewRow& post : posts) {
        out << separator << R"(  {"path": )" << fathom::to_json(post.fields[fathom::Field::pathname])
            << R"(, "visits": )" << post.visits.value_or(0) << R"(, "before": )";
        const auto same = std::ranges::find(before, post.fields, &fathom::PageviewRow::fields);
        if (same == before.end()) {
            out << (before.possibly_truncated() ? "null}" : "0}");
        } else {
            out << same->visits.value_or(0) << '}';
        }
        separator = ",\n";
    }
    out << (posts.empty() ? "[]\n" : "\n]\n");
}
