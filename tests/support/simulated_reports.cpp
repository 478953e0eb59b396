#include "simulated_reports.hpp"

#include <algorithm>
#include <cctype>
#include <functional>
#include <memory>
#include <regex>
#include <utility>

#include "reports/buckets.hpp"
#include "reports/grouped_text.hpp"
#include "reports/range.hpp"

namespace fathom {

namespace {

using std::chrono::local_seconds;
using Test = std::function<bool(const std::string&)>;

local_seconds local(const ReportTime& time) {
    return time.wall_clock() ? *time.wall_clock() : local_seconds{time.instant()->time_since_epoch()};
}

std::pair<local_seconds, local_seconds> ends(const PageviewQuery& query) {
    std::pair range{local_seconds::min(), local_seconds::max()};
    if (query.range) {
        const detail::RangeEnds sent = detail::ends_of(*query.range);
        return {local(sent.from), local(sent.to)};
    }
    if (query.date_from) range.first = local(*query.date_from);
    if (query.date_to) range.second = local(*query.date_to);
    return range;
}

Test test_of(const SimulatedReports& service, const Filter& filter) {
    switch (filter.comparison) {
    case FilterOperator::is:
        return [&](const std::string& text) { return text == filter.value && text != service.unfindable; };
    case FilterOperator::is_not:
        return [&](const std::string& text) { return text != filter.value || text == service.unfindable; };
    default: break;
    }
    const auto flags =
        service.patterns_ignore_case ? std::regex::icase | std::regex::ECMAScript : std::regex::ECMAScript;
    const auto pattern = std::make_shared<std::regex>(filter.value, flags);
    const bool wanted = filter.comparison == FilterOperator::matching;
    const bool whole = service.patterns_match_whole_text;
    return [pattern, wanted, whole](const std::string& text) {
        return wanted == (whole ? std::regex_match(text, *pattern) : std::regex_search(text, *pattern));
    };
}

} // namespace

std::string SimulatedReports::sort_key(std::string_view text) const {
    std::string key;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (order == TextOrder::punctuation_ignored && byte < 0x80 && std::isalnum(byte) == 0) continue;
        key.push_back(order == TextOrder::binary ? c : static_cast<char>(std::tolower(byte)));
    }
    return key;
}

std::vector<PageviewRow> SimulatedReports::answer(const PageviewQuery& query) {
    ++requests;
    std::vector<PageviewRow> found = rows(query);
    if (shuffles) std::ranges::shuffle(found, random_);
    if (found.size() > static_cast<std::size_t>(query.limit.value())) {
        found.resize(static_cast<std::size_t>(*query.limit));
    }
    return found;
}

std::vector<PageviewRow> SimulatedReports::all(PageviewQuery query) const { return rows(std::move(query)); }

std::vector<PageviewRow> SimulatedReports::rows(const PageviewQuery& query) const {
    std::vector<std::pair<std::size_t, Test>> tests;
    for (const Filter& filter : query.filters) {
        if (ignores_filters) break;
        const auto column = std::ranges::find(fields, filter.field) - fields.begin();
        tests.emplace_back(static_cast<std::size_t>(column), test_of(*this, filter));
    }
    struct Sums {
        std::int64_t pageviews = 0;
        std::int64_t uniques = 0;
    };
    const std::vector<Field>& grouping = query.field_grouping.fields();
    std::map<std::pair<local_seconds, std::vector<std::string>>, Sums> groups;
    const auto [from, to] = ends(query);
    for (auto hour = facts_.lower_bound(from); hour != facts_.end() && hour->first <= to; ++hour) {
        for (const SimulatedFact& fact : hour->second) {
            const auto passes = [&](const auto& test) { return test.second(fact.values[test.first]); };
            if (!std::ranges::all_of(tests, passes)) continue;
            std::vector<std::string> key;
            for (const Field& field : grouping) {
                key.push_back(fact.values[static_cast<std::size_t>(std::ranges::find(fields, field) - fields.begin())]);
            }
            Sums& sums = groups[{detail::bucket_of(fact.hour, query.date_grouping.value()), std::move(key)}];
            sums.pageviews += fact.pageviews;
            sums.uniques = std::max(sums.uniques, fact.uniques);
        }
    }
    std::vector<PageviewRow> found;
    const auto texts = std::make_shared<detail::GroupedText>(grouping);
    for (const auto& [key, sums] : groups) {
        const std::size_t number = texts->add_row();
        for (std::size_t column = 0; column < grouping.size(); ++column) texts->set(column, key.second[column]);
        PageviewRow row{.time = key.first, .fields = detail::GroupedText::fields_of(texts, number)};
        const auto asks_for = [&](const PageviewMetric& metric) {
            return std::ranges::count(query.aggregates, metric) > 0;
        };
        if (asks_for(PageviewMetric::pageviews) && counts_pageviews)
            row.pageviews = sums.pageviews + (grouping.empty() ? lost_pageviews : 0);
        if (asks_for(PageviewMetric::uniques)) row.uniques = sums.uniques;
        found.push_back(std::move(row));
    }
    if (query.sort_by && query.sort_by->field()) {
        const Field by = *query.sort_by->field();
        std::ranges::sort(found, {},
                          [&](const PageviewRow& row) { return std::pair(sort_key(row.fields[by]), row.time); });
        if (query.sort_by->is_descending()) std::ranges::reverse(found);
    }
    return found;
}

} // namespace fathom
