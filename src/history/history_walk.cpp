#include "history_walk.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <fathom/detail/access.hpp>

#include "../reports/buckets.hpp"
#include "../text/time_text.hpp"

namespace fathom::detail::history {

namespace {

using namespace std::chrono;

constexpr days longest_by_hour{7};  // or the service refuses
constexpr days longest_by_day{180}; // an older text of the service allows six months

/// Two full buckets in a row are a busy time: the next one is asked for alone at once.
constexpr int busy = 2;

template <class Metric>
bool is_in_order(const Rows<Metric>& rows) {
    return std::ranges::is_sorted(rows, {}, [](const Row<Metric>& row) { return row.time; });
}

/// By their buckets; rows of one bucket as they came.
template <class Metric>
Rows<Metric> in_order(Rows<Metric> rows) {
    if (is_in_order<Metric>(rows)) return rows;
    std::multimap<std::optional<local_seconds>, Row<Metric>> by_time;
    for (Row<Metric>& row : rows) {
        const auto time = row.time;
        by_time.emplace(time, std::move(row));
    }
    rows.clear();
    for (auto& [time, row] : by_time) rows.push_back(std::move(row));
    return rows;
}

} // namespace

template <class Metric>
HistoryWalk<Metric>::HistoryWalk(Plan<Metric> plan)
    : plan_(std::move(plan)), zone_(std::make_shared<const TimeZone>(plan_.zone)), questions_(plan_),
      closed_end_(edge_before(std::min(plan_.end, plan_.now))), end_(std::min(plan_.end, edge_behind(closed_end_))),
      next_(plan_.begin ? plan_.next : plan_.end), given_until_(next_), start_(next_), talk_(run()) {
    talk_.start();
}

template <class Metric>
std::optional<Result<HistoryPiece<Metric>>> HistoryWalk<Metric>::take() {
    if (!pieces_.empty()) {
        Result<HistoryPiece<Metric>> piece = std::move(pieces_.front());
        pieces_.pop_front();
        return piece;
    }
    if (!talk_.is_over() || !talk_.failure() || std::exchange(has_told_failure_, true)) return std::nullopt;
    return Result<HistoryPiece<Metric>>(*talk_.failure());
}

template <class Metric>
void HistoryWalk<Metric>::answer(Rows<Metric> rows) {
    ++requests_made_;
    desk_.answer(std::move(rows));
}

template <class Metric>
Talk HistoryWalk<Metric>::run() {
    if (!plan_.begin) {
        if (auto error = co_await find_first_visit()) co_return error;
    }
    while (next_ < closed_end_) {
        if (auto error = co_await skip_days_without_visits()) co_return error;
        pass_what_clocks_skip(closed_end_);
        if (next_ >= closed_end_) break;
        if (auto error = co_await go_on(closed_end_)) co_return error;
    }
    if (given_until_ < closed_end_) give(closed_end_, {}); // nobody came at the end
    gives_open_bucket_ = true;
    while (next_ < end_) {
        if (auto error = co_await go_on(end_)) co_return error;
    }
    co_return std::nullopt;
}

/// By month, since that is one answer for any number of years. Where nobody has ever come there is nothing to give.
template <class Metric>
Talk HistoryWalk<Metric>::find_first_visit() {
    const Rows<Metric> months = co_await desk_.ask(questions_.months_until(plan_.end));
    ++overviews_made_;
    LocalTime first = plan_.end;
    for (const Row<Metric>& month : months) first = std::min(first, month.time.value_or(first));
    plan_.begin = next_ = given_until_ = start_ = first;
    co_return std::nullopt;
}

/// Only hours need as many windows as there are weeks; a map by day tells which of these can be left out.
template <class Metric>
Talk HistoryWalk<Metric>::skip_days_without_visits() {
    constexpr days worth_a_map{14};
    const bool is_by_hour = plan_.query.date_grouping == DateGrouping::hour;
    if (!is_by_hour || plan_.end - start_ <= worth_a_map) co_return std::nullopt;
    const auto skip_to = [this](LocalTime time) {
        skipped_ += time - next_;
        next_ = time;
    };
    while (next_ < closed_end_) {
        const local_days day = floor<days>(next_);
        if (day >= mapped_until_) {
            if (auto error = co_await map_days(day)) co_return error;
        }
        const auto found = days_with_visits_.lower_bound(day);
        if (found != days_with_visits_.end()) {
            skip_to(std::max<LocalTime>(next_, *found));
            co_return std::nullopt;
        }
        skip_to(std::min<LocalTime>(mapped_until_, closed_end_));
    }
    co_return std::nullopt;
}

template <class Metric>
Talk HistoryWalk<Metric>::map_days(local_days first) {
    mapped_from_ = first;
    mapped_until_ = std::min(first + longest_by_day, ceil<days>(plan_.end));
    const Window window{first, mapped_until_};
    const Rows<Metric> found = co_await desk_.ask(questions_.totals_of(window, DateGrouping::day));
    ++overviews_made_;
    days_with_visits_.clear();
    for (const Row<Metric>& row : found) {
        if (row.time) days_with_visits_.insert(floor<days>(*row.time));
    }
    co_return std::nullopt;
}

/// Fetches what comes next, up to an end.
template <class Metric>
Talk HistoryWalk<Metric>::go_on(LocalTime end) {
    const Window bucket = bucket_at(next_, end);
    if (!is_in_order_ || full_buckets_in_a_row_ >= busy) co_return co_await fetch_bucket_alone(bucket);
    const Window window = longest_window(end);
    Rows<Metric> rows = co_await desk_.ask(questions_.rows_of(window));
    if (auto flaw = flaw_of(rows, window)) co_return flaw;
    const bool is_whole = !is_cut<Metric>(rows);
    if (!is_whole && !is_in_order<Metric>(rows)) { // so the last row does not tell where the answer was cut
        is_in_order_ = false;
        co_return co_await fetch_bucket_alone(bucket);
    }
    const LocalTime last = is_whole ? window.until : edge_before(rows.back().time.value());
    if (last <= bucket.from) co_return co_await fetch_full_bucket(bucket, std::move(rows));
    if (!is_whole) std::erase_if(rows, [&](const Row<Metric>& row) { return *row.time >= last; });
    full_buckets_in_a_row_ = 0;
    give(last, std::move(rows));
    co_return std::nullopt;
}

template <class Metric>
Talk HistoryWalk<Metric>::fetch_bucket_alone(Window bucket) {
    const std::vector<Field>& fields = plan_.query.field_grouping.fields();
    ReportQuery<Metric> question =
        fields.empty() ? questions_.rows_of(bucket) : questions_.rows_of(bucket, ascending(fields.front()), {});
    Rows<Metric> rows = co_await desk_.ask(std::move(question));
    if (auto flaw = flaw_of(rows, bucket)) co_return flaw;
    if (is_cut<Metric>(rows)) co_return co_await fetch_full_bucket(bucket, std::move(rows));
    full_buckets_in_a_row_ = 0;
    give(bucket.until, std::move(rows));
    co_return std::nullopt;
}

template <class Metric>
Talk HistoryWalk<Metric>::fetch_full_bucket(Window bucket, Rows<Metric> known) {
    const std::vector<Field>& fields = plan_.query.field_grouping.fields();
    if (fields.empty()) {
        co_return Error{.kind = ErrorKind::decode,
                        .message = "the report has more rows than the bucket that it is about"};
    }
    ++full_buckets_in_a_row_;
    FullBucket<Metric> full(desk_, questions_, fields, bucket);
    full.add(known);
    if (auto error = co_await full.fetch()) co_return error;
    const bool fails = !full.is_whole() && plan_.when_incomplete == WhenIncomplete::fail;
    if (fails) co_return not_proven(bucket, full);
    give(bucket.until, full.rows(), full.is_whole() ? Completeness::proven : Completeness::not_proven);
    co_return std::nullopt;
}

template <class Metric>
Window HistoryWalk<Metric>::longest_window(LocalTime end) const {
    const DateGrouping grouping = plan_.query.date_grouping;
    LocalTime until = end;
    if (grouping == DateGrouping::day) until = std::min<LocalTime>(end, floor<days>(next_) + longest_by_day);
    if (grouping == DateGrouping::hour) {
        until = std::min<LocalTime>(end, next_ + longest_by_hour);
        const seconds length =
            plan_.zone.first_at(until) - plan_.zone.first_at(next_); // with a change of clocks, longer
        if (length > longest_by_hour) until -= ceil<hours>(length - longest_by_hour);
    }
    if (until < end) until = std::min(end, std::max(edge_before(until), edge_behind(bucket_of(next_))));
    return {next_, until};
}

/// The part of the bucket at `from` that lies behind that and before the end.
template <class Metric>
Window HistoryWalk<Metric>::bucket_at(LocalTime from, LocalTime end) const {
    return {from, std::min(end, edge_behind(bucket_of(from)))};
}

/// The last edge of buckets up to a time at which a window may be cut. Buckets between which the clocks go back are not
/// parted: each has a part of the other's time within it.
template <class Metric>
local_seconds HistoryWalk<Metric>::edge_before(LocalTime time) const {
    LocalTime edge = bucket_of(time);
    while (plan_.zone.goes_back_over(edge)) edge = bucket_of(edge - seconds{1});
    return edge;
}

/// The first such edge behind the start of a bucket.
template <class Metric>
local_seconds HistoryWalk<Metric>::edge_behind(LocalTime bucket) const {
    LocalTime edge = next_bucket(bucket, plan_.query.date_grouping);
    while (plan_.zone.goes_back_over(edge)) edge = next_bucket(edge, plan_.query.date_grouping);
    return edge;
}

/// Buckets that the clocks skip have no rows, and no instants that a report could be asked for.
template <class Metric>
void HistoryWalk<Metric>::pass_what_clocks_skip(LocalTime end) {
    while (next_ < end) {
        const Window bucket = bucket_at(next_, end);
        if (!plan_.zone.skips(bucket.from, bucket.until)) return;
        next_ = bucket.until;
    }
}

template <class Metric>
local_seconds HistoryWalk<Metric>::bucket_of(LocalTime time) const {
    return detail::bucket_of(time, plan_.query.date_grouping);
}

/// What the walk relies on.
template <class Metric>
std::optional<Error> HistoryWalk<Metric>::flaw_of(const Rows<Metric>& rows, const Window& window) const {
    for (const Row<Metric>& row : rows) {
        if (row.time && bucket_of(window.from) <= *row.time && *row.time < window.until) continue;
        return Error{.kind = ErrorKind::decode,
                     .message = "a row of " + (row.time ? wall_clock_text(*row.time) : std::string("no time")) +
                                " came for the range from " + wall_clock_text(window.from) + " to " +
                                wall_clock_text(window.until)};
    }
    return std::nullopt;
}

template <class Metric>
void HistoryWalk<Metric>::give(LocalTime until, Rows<Metric> rows, Completeness completeness) {
    rows = in_order<Metric>(std::move(rows));
    if (!questions_.asks_for_check_metric()) {
        for (Row<Metric>& row : rows) check_count(row).reset();
    }
    const LocalTime from = given_until_;
    const Place place{plan_.fingerprint, *plan_.begin, gives_open_bucket_ ? from : until};
    pieces_.push_back({.from = from,
                       .until = until,
                       .report = Access::make<Report<Metric>>(questions_.as_asked({from, until}), std::move(rows),
                                                              completeness == Completeness::proven, zone_),
                       .is_complete = completeness == Completeness::proven,
                       .is_over = !gives_open_bucket_,
                       .place = to_text(place),
                       .progress = progress_at(until)});
    next_ = given_until_ = until;
}

template <class Metric>
HistoryProgress HistoryWalk<Metric>::progress_at(LocalTime place) const {
    const auto length = [](seconds stretch) { return static_cast<double>(stretch.count()); };
    const double whole = length(end_ - *plan_.begin);
    const double left = length(std::max(end_ - place, seconds{0}));
    HistoryProgress progress{.requests_made = requests_made_};
    progress.part_done = whole > 0 ? 1 - left / whole : 1;
    if (left > 0) progress.requests_to_come = requests_behind(place);
    return progress;
}

/// As many for a day with visits as until now. Behind the map such days are taken to be as frequent as in it.
template <class Metric>
std::int64_t HistoryWalk<Metric>::requests_behind(LocalTime place) const {
    using Days = duration<double, days::period>;
    const Days done = place - start_ - skipped_;
    Days left = end_ - place;
    double maps = 0;
    if (mapped_until_ > place) {
        const auto first = days_with_visits_.lower_bound(floor<days>(place));
        const Days behind = std::max<Days>(end_ - LocalTime(mapped_until_), Days{0});
        const double share = static_cast<double>(days_with_visits_.size()) / Days(mapped_until_ - mapped_from_).count();
        left = Days(static_cast<double>(std::distance(first, days_with_visits_.end()))) + behind * share;
        maps = std::ceil(behind / Days(longest_by_day));
    }
    if (done <= Days{0}) return std::llround(maps);
    return std::llround(std::ceil(static_cast<double>(requests_made_ - overviews_made_) * (left / done)) + maps);
}

template <class Metric>
Error HistoryWalk<Metric>::not_proven(const Window& bucket, const FullBucket<Metric>& full) {
    return {.kind = ErrorKind::truncated,
            .message = "the bucket at " + wall_clock_text(bucket.from) +
                       " has more rows than one report gives, and those "
                       "that were found come to " +
                       std::to_string(full.found()) + " of " + std::to_string(full.total()) +
                       "; group by fewer fields or in shorter buckets, add filters, or take what there is: "
                       "when_incomplete = WhenIncomplete::mark"};
}

template class HistoryWalk<PageviewMetric>;
template class HistoryWalk<EventMetric>;

} // namespace fathom::detail::history
