/// @file
/// What a history needs of rows, whatever they count.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fathom/report.hpp>

#include "../reports/limits.hpp"

namespace fathom::detail::history {

template <class Metric>
using Row = typename Report<Metric>::Row;
template <class Metric>
using Rows = std::vector<Row<Metric>>;

/// The metric that adds up, so that its sum tells whether a row is missing.
[[nodiscard]] inline PageviewMetric check_metric(const PageviewMetric*) { return PageviewMetric::pageviews; }
[[nodiscard]] inline EventMetric check_metric(const EventMetric*) { return EventMetric::conversions; }
template <class Metric>
[[nodiscard]] Metric check_metric() {
    return check_metric(static_cast<const Metric*>(nullptr));
}

[[nodiscard]] inline std::optional<std::int64_t>& check_count(PageviewRow& row) { return row.pageviews; }
[[nodiscard]] inline std::optional<std::int64_t>& check_count(EventRow& row) { return row.conversions; }

/// Whether an answer may have been cut.
template <class Metric>
[[nodiscard]] bool is_cut(const Rows<Metric>& rows) {
    return rows.size() >= static_cast<std::size_t>(largest_report);
}

/// Rows by their buckets and the values of their fields; each as often as one answer has it. That may be more than once: in place of bytes that
/// are no character stands U+FFFD, so values that the service tells apart may be the same text here.
template <class Metric>
class KnownRows {
public:
    explicit KnownRows(std::vector<Field> fields) : fields_(std::move(fields)) {}

    void add(const Rows<Metric>& rows) {
        std::map<Key, Rows<Metric>> answered;
        for (const Row<Metric>& row : rows) answered[key_of(row)].push_back(row);
        for (auto& [key, alike] : answered) {
            Rows<Metric>& known = rows_[key];
            if (alike.size() <= known.size()) continue;
            sum_ += sum_of(alike) - sum_of(known);
            count_ += alike.size() - known.size();
            known = std::move(alike);
        }
    }
    /// The sum of the metric that adds up.
    [[nodiscard]] std::int64_t sum() const noexcept { return sum_; }
    [[nodiscard]] std::size_t count() const noexcept { return count_; }
    [[nodiscard]] Rows<Metric> all() const {
        Rows<Metric> all;
        for (const auto& [key, alike] : rows_) all.insert(all.end(), alike.begin(), alike.end());
        return all;
    }

private:
    using Key = std::pair<std::optional<std::chrono::local_seconds>, std::vector<std::optional<std::string>>>;

    [[nodiscard]] static std::int64_t sum_of(Rows<Metric>& rows) {
        std::int64_t sum = 0;
        for (Row<Metric>& row : rows) sum += check_count(row).value_or(0);
        return sum;
    }
    [[nodiscard]] Key key_of(const Row<Metric>& row) const {
        std::vector<std::optional<std::string>> values;
        for (const Field& field : fields_) {
            const auto text = row.fields.find(field);
            values.push_back(text ? std::optional(std::string(*text)) : std::nullopt);
        }
        return {row.time, std::move(values)};
    }

    std::vector<Field> fields_;
    std::map<Key, Rows<Metric>> rows_{};
    std::int64_t sum_ = 0;
    std::size_t count_ = 0;
};

} // namespace fathom::detail::history
