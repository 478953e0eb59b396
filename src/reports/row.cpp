#include <fathom/report.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

#include "../text/number_text.hpp"
#include "metrics.hpp"

namespace fathom::inline v0_2 {

namespace {

double number_of(std::int64_t count) { return static_cast<double>(count); }
double number_of(double share) { return share; }
double number_of(Seconds duration) { return duration.count(); }

/// The metric as its member has it; else what came under that name without being known or asked.
template <class Metric, class Row>
std::optional<double> metric_of(const Row& row, const Metric& metric) {
    std::optional<double> value;
    detail::visit_metric(row, metric, [&](const auto& member) {
        if (member) value = number_of(*member);
    });
    if (value) return value;
    double number = 0;
    const std::optional<std::string_view> text = row.fields.find(Field(metric.text()));
    return text && detail::parse_double(*text, number) ? std::optional(number) : std::nullopt;
}

} // namespace

std::optional<double> PageviewRow::get(const PageviewMetric& metric) const { return metric_of(*this, metric); }
std::optional<double> PageviewRow::get(std::string_view name) const { return get(PageviewMetric(name)); }

std::optional<double> EventRow::get(const EventMetric& metric) const { return metric_of(*this, metric); }
std::optional<double> EventRow::get(std::string_view name) const { return get(EventMetric(name)); }

} // namespace fathom::inline v0_2
