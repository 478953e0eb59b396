#include "questions.hpp"

#include <algorithm>
#include <memory>
#include <type_traits>

#include "times.hpp"

namespace fathom::cli {

namespace {

using std::chrono::days;
using std::chrono::floor;

template <class Metric>
inline constexpr bool counts_pageviews = std::is_same_v<Metric, PageviewMetric>;

/// What is counted of everything that has a row.
template <class Metric>
Metric count_of_all() {
    if constexpr (counts_pageviews<Metric>) {
        return PageviewMetric::pageviews;
    } else {
        return EventMetric::conversions;
    }
}

template <class Metric>
Future<Report<Metric>> request(const ExportInquiry& inquiry, const ReportQuery<Metric>& query) {
    const auto reports = inquiry.client.aggregations();
    const SiteId site(inquiry.subject.site);
    if constexpr (counts_pageviews<Metric>) {
        return reports.pageviews(site, query, inquiry.call);
    } else {
        return reports.events(site, inquiry.subject.event, query, inquiry.call);
    }
}

template <class Metric>
AsyncItems<HistoryPiece<Metric>> history(const ExportInquiry& inquiry, const HistoryQuery<Metric>& query,
                                         const HistoryOptions& options) {
    const auto reports = inquiry.client.aggregations();
    const SiteId site(inquiry.subject.site);
    if constexpr (counts_pageviews<Metric>) {
        return reports.history(site, query, options);
    } else {
        return reports.history(site, inquiry.subject.event, query, options);
    }
}

template <class Metric>
ReportQuery<Metric> totals(const ExportQuestion& question) {
    const HistoryQuery<Metric> query = history_query<Metric>(question);
    return {.aggregates = {count_of_all<Metric>()},
            .date_grouping = DateGrouping::month,
            .sort_by = ascending(time_bucket),
            .timezone = query.timezone,
            .limit = 1000,
            .filters = query.filters};
}

template <class Metric>
Future<std::vector<MonthCount>> months(const ExportInquiry& inquiry) {
    return request<Metric>(inquiry, totals<Metric>(inquiry.question)).then([](Result<Report<Metric>>&& report) {
        std::vector<MonthCount> found;
        for (const auto& row : report.value()) {
            const auto count = static_cast<std::int64_t>(row.get(count_of_all<Metric>()).value_or(0));
            if (row.time && count > 0) found.push_back({.month = month_of(floor<days>(*row.time)), .count = count});
        }
        return found;
    });
}

template <class Metric>
Future<double> sampled_rows(const ExportInquiry& inquiry, const Days& sample) {
    ReportQuery<Metric> query = totals<Metric>(inquiry.question);
    query.date_grouping = inquiry.question.by;
    query.field_grouping = history_query<Metric>(inquiry.question).field_grouping;
    query.range = between(sample.first, sample.last);
    return request<Metric>(inquiry, query).then([](Result<Report<Metric>>&& report) {
        double count = 0;
        for (const auto& row : report.value()) count += row.get(count_of_all<Metric>()).value_or(0);
        return count > 0 ? static_cast<double>(report.value().size()) / count : 1.0;
    });
}

template <class Metric>
NextPiece pieces(const ExportInquiry& inquiry, const Days& wanted, const std::optional<std::string>& place) {
    HistoryQuery<Metric> query = history_query<Metric>(inquiry.question);
    query.range = between(wanted.first, wanted.last);
    const auto walk = std::make_shared<AsyncItems<HistoryPiece<Metric>>>(
        history(inquiry, query, {.resume_from = place, .call = inquiry.call}));
    return [walk, question = inquiry.question] {
        return walk->next_page().then([question](Result<std::optional<Page<HistoryPiece<Metric>>>>&& page) {
            std::optional<ArrivedPiece> arrived;
            if (!page.value()) return arrived;
            const HistoryPiece<Metric>& piece = page.value()->data.front();
            arrived =
                ArrivedPiece{.piece = piece_of(piece, question), .place = piece.place, .progress = piece.progress};
            return arrived;
        });
    };
}

} // namespace

Future<TimeZone> zone_of(ExportInquiry inquiry) {
    if (inquiry.question.timezone) co_return TimeZone::find(*inquiry.question.timezone);
    co_return co_await inquiry.client.sites().time_zone(SiteId(inquiry.subject.site), inquiry.call);
}

Future<std::vector<MonthCount>> months_of(const ExportInquiry& inquiry) {
    return inquiry.subject.event.empty() ? months<PageviewMetric>(inquiry) : months<EventMetric>(inquiry);
}

Future<double> rows_per_count(const ExportInquiry& inquiry, const Days& sample) {
    return inquiry.subject.event.empty() ? sampled_rows<PageviewMetric>(inquiry, sample)
                                         : sampled_rows<EventMetric>(inquiry, sample);
}

NextPiece pieces_of(const ExportInquiry& inquiry, const Days& days, const std::optional<std::string>& place) {
    return inquiry.subject.event.empty() ? pieces<PageviewMetric>(inquiry, days, place)
                                         : pieces<EventMetric>(inquiry, days, place);
}

} // namespace fathom::cli
