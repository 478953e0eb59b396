/// @file
/// All rows of a bucket that has more than one answer holds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "questions.hpp"
#include "rows.hpp"
#include "talk.hpp"

namespace fathom::detail::history {

/// Fetches the rows of one bucket by parts: first in order of a field, leaving behind the beginnings of values that are done
/// with; where the service's order or patterns are others than thought, by halves of what is known. Neither is trusted: the
/// sum of pageviews (of an event, conversions) over the rows is that of the bucket if and only if no row is missing, since a
/// row has at least one.
template <class Metric>
class FullBucket {
public:
    using Desk = history::Desk<ReportQuery<Metric>, Rows<Metric>>;

    /// @param fields by which the rows are grouped, at least one
    FullBucket(Desk& desk, const Questions<Metric>& questions, std::vector<Field> fields, Window window)
        : desk_(desk), questions_(questions), fields_(std::move(fields)), window_(window), known_(fields_) {}

    /// Rows that an answer had already.
    void add(const Rows<Metric>& rows) { known_.add(rows); }
    /// Fetches all others.
    [[nodiscard]] Talk fetch();

    /// Whether the rows are all that there are. A sum of nothing proves nothing.
    [[nodiscard]] bool is_whole() const noexcept { return total_ > 0 && known_.sum() == total_; }
    [[nodiscard]] Rows<Metric> rows() const { return known_.all(); }
    /// What the rows that were found come to, and what they should.
    [[nodiscard]] std::int64_t found() const noexcept { return known_.sum(); }
    [[nodiscard]] std::int64_t total() const noexcept { return total_; }

private:
    using Filters = std::vector<Filter>;

    [[nodiscard]] Talk ask_for_total();
    [[nodiscard]] Talk seek(std::size_t field, Filters base);
    [[nodiscard]] Talk from_the_other_end(std::size_t field, Filters filters);
    [[nodiscard]] Talk partition(Filters base, Rows<Metric> sample, int depth);
    [[nodiscard]] std::vector<Filter> halves_of(const Rows<Metric>& sample) const;
    [[nodiscard]] bool are_alike(const Rows<Metric>& rows, const Rows<Metric>& others) const;
    [[nodiscard]] bool leads_on(std::size_t field, const Filters& base, const Filter& all_others) const;
    [[nodiscard]] bool may_ask(const Filters& filters) const;
    /// Awaited: the rows that pass the filters, as many as one answer holds.
    [[nodiscard]] auto ask(const Filters& filters, SortBy<Metric> order) {
        ++questions_asked_;
        return desk_.ask(questions_.rows_of(window_, std::move(order), filters));
    }

    Desk& desk_;
    const Questions<Metric>& questions_;
    std::vector<Field> fields_;
    Window window_;
    KnownRows<Metric> known_;
    std::int64_t total_ = -1; ///< Before it is known.
    std::size_t questions_asked_ = 0;
};

extern template class FullBucket<PageviewMetric>;
extern template class FullBucket<EventMetric>;

} // namespace fathom::detail::history
