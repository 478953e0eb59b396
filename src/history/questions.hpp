/// @file
/// The reports that a history asks for.
#pragma once

#include <algorithm>
#include <chrono>
#include <optional>
#include <vector>

#include <fathom/report_query.hpp>

#include "../reports/limits.hpp"
#include "../reports/range.hpp"
#include "../zones/utc.hpp"
#include "plan.hpp"
#include "rows.hpp"

namespace fathom::detail::history {

/// A stretch of the reporting zone's clock: whole buckets, or what lies in the range of a bucket at its edge.
struct Window {
    std::chrono::local_seconds from;
    std::chrono::local_seconds until; ///< Not part of it.

    friend bool operator==(const Window&, const Window&) = default;
};

/// Makes the questions of one history.
template <class Metric>
class Questions {
public:
    explicit Questions(const Plan<Metric>& plan) : query_(plan.query), zone_(plan.zone) {}

    /// All rows of a window, in order of time.
    [[nodiscard]] ReportQuery<Metric> rows_of(const Window& window) const {
        return rows_of(window, ascending(time_bucket), {});
    }
    /// The rows of a window that pass some filters, too, in another order.
    [[nodiscard]] ReportQuery<Metric> rows_of(const Window& window, SortBy<Metric> order,
                                              const std::vector<Filter>& filters) const {
        ReportQuery<Metric> question = about(window, query_.date_grouping);
        question.aggregates = query_.aggregates;
        if (!asks_for_check_metric()) question.aggregates.push_back(check_metric<Metric>());
        question.field_grouping = query_.field_grouping;
        question.sort_by = std::move(order);
        question.filters.insert(question.filters.end(), filters.begin(), filters.end());
        return question;
    }
    /// What the check metric of a window comes to, in buckets of this length.
    [[nodiscard]] ReportQuery<Metric> totals_of(const Window& window, DateGrouping grouping) const {
        return about(window, grouping);
    }
    /// In which months anything was counted before a time.
    [[nodiscard]] ReportQuery<Metric> months_until(std::chrono::local_seconds end) const {
        ReportQuery<Metric> question = plain(DateGrouping::month);
        question.date_to = end - std::chrono::seconds{1};
        return question;
    }
    /// What a piece of these rows was asked, as far as the caller is concerned.
    [[nodiscard]] ReportQuery<Metric> as_asked(const Window& window) const {
        ReportQuery<Metric> question = about(window, query_.date_grouping);
        question.aggregates = query_.aggregates;
        question.field_grouping = query_.field_grouping;
        return question;
    }
    /// The conditions of the caller, which each question has.
    [[nodiscard]] const std::vector<Filter>& own_filters() const noexcept { return query_.filters; }
    [[nodiscard]] bool asks_for_check_metric() const {
        return std::ranges::find(query_.aggregates, check_metric<Metric>()) != query_.aggregates.end();
    }

private:
    [[nodiscard]] ReportQuery<Metric> plain(DateGrouping grouping) const {
        return {.aggregates = {check_metric<Metric>()},
                .date_grouping = grouping,
                .sort_by = ascending(time_bucket),
                .timezone = query_.timezone,
                .limit = largest_report,
                .filters = query_.filters};
    }

    [[nodiscard]] ReportQuery<Metric> about(const Window& window, DateGrouping grouping) const {
        using namespace std::chrono;
        ReportQuery<Metric> question = plain(grouping);
        const local_days first = floor<days>(window.from);
        const local_days behind = floor<days>(window.until);
        const ReportRange whole_days = between(first, behind - days{1});
        if (first == window.from && behind == window.until && !instants_of_ambiguous(whole_days, zone_)) {
            question.range = whole_days;
        } else if (is_utc(zone_.name())) { // as text, which is the form that the service documents
            question.date_from = window.from;
            question.date_to = window.until - seconds{1};
        } else { // as instants, so that an hour that the clocks show twice is not cut in halves
            question.range = half_open(window.from, window.until, zone_);
        }
        return question;
    }

    HistoryQuery<Metric> query_;
    TimeZone zone_;
};

} // namespace fathom::detail::history
