/// @file
/// A whole history as a walk through windows of time: what to ask next, and the pieces that come of the answers. Pure: no
/// I/O, no clock.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include <fathom/history.hpp>

#include "full_bucket.hpp"
#include "plan.hpp"
#include "questions.hpp"
#include "rows.hpp"
#include "talk.hpp"

namespace fathom::detail::history {

/// Asks for as long a window as the service takes, in order of time. Where the answer is cut, all buckets before its last
/// one are whole, and the next window begins with that one; a bucket that fills an answer alone is fetched by FullBucket.
/// That is greedy packing of whole buckets into answers, which nothing does with fewer requests.
template <class Metric>
class HistoryWalk {
public:
    explicit HistoryWalk(Plan<Metric> plan);
    HistoryWalk(const HistoryWalk&) = delete;
    HistoryWalk& operator=(const HistoryWalk&) = delete;
    ~HistoryWalk() = default;

    /// The next piece that is there, or the error that ends the walk; nothing where an answer is needed first, or at the end.
    [[nodiscard]] std::optional<Result<HistoryPiece<Metric>>> take();
    /// What to ask next; nothing at the end.
    [[nodiscard]] const std::optional<ReportQuery<Metric>>& question() const noexcept { return desk_.question(); }
    /// Goes on with the answer to that.
    void answer(Rows<Metric> rows);

private:
    using LocalTime = std::chrono::local_seconds;

    enum class Completeness { proven, not_proven };

    [[nodiscard]] Talk run();
    [[nodiscard]] Talk find_first_visit();
    [[nodiscard]] Talk skip_days_without_visits();
    [[nodiscard]] Talk map_days(std::chrono::local_days first);
    [[nodiscard]] Talk go_on(LocalTime end);
    [[nodiscard]] Talk fetch_bucket_alone(Window bucket);
    [[nodiscard]] Talk fetch_full_bucket(Window bucket, Rows<Metric> known);

    [[nodiscard]] Window longest_window(LocalTime end) const;
    [[nodiscard]] Window bucket_at(LocalTime from, LocalTime end) const;
    [[nodiscard]] LocalTime bucket_of(LocalTime time) const;
    [[nodiscard]] LocalTime edge_before(LocalTime time) const;
    [[nodiscard]] LocalTime edge_behind(LocalTime bucket) const;
    void pass_what_clocks_skip(LocalTime end);
    [[nodiscard]] std::optional<Error> flaw_of(const Rows<Metric>& rows, const Window& window) const;
    void give(LocalTime until, Rows<Metric> rows, Completeness completeness = Completeness::proven);
    [[nodiscard]] HistoryProgress progress_at(LocalTime place) const;
    [[nodiscard]] std::int64_t requests_behind(LocalTime place) const;
    [[nodiscard]] static Error not_proven(const Window& bucket, const FullBucket<Metric>& full);

    Plan<Metric> plan_;
    std::shared_ptr<const TimeZone> zone_; ///< Its zone, which all pieces share.
    Questions<Metric> questions_;
    LocalTime closed_end_;  ///< Where the buckets end that are over and lie in the range with their ends.
    LocalTime end_;         ///< Behind the bucket that now, or the end of the range, lies in.
    LocalTime next_;        ///< The first bucket that is not given.
    LocalTime given_until_; ///< Behind the last piece; before `next_` where days without visits were skipped.
    LocalTime start_;       ///< Where this walk began.
    bool gives_open_bucket_ = false;
    bool is_in_order_ = true; ///< As far as the service's answers have shown.
    int full_buckets_in_a_row_ = 0;
    std::set<std::chrono::local_days> days_with_visits_{};
    std::chrono::local_days mapped_from_{};
    std::chrono::local_days mapped_until_{std::chrono::days{-1'000'000}};
    std::chrono::seconds skipped_{0}; ///< Time behind that no request was made for, since nobody had come then.
    std::int64_t requests_made_ = 0;
    std::int64_t overviews_made_ = 0; ///< Of those, how many only told where visits are.

    typename FullBucket<Metric>::Desk desk_{};
    std::deque<HistoryPiece<Metric>> pieces_{};
    bool has_told_failure_ = false;
    Talk talk_; // last, since it uses all others
};

extern template class HistoryWalk<PageviewMetric>;
extern template class HistoryWalk<EventMetric>;

} // namespace fathom::detail::history
