/// @file
/// Metrics as the text that Prometheus reads, in both of its forms.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fathom::cli {

/// A form of the text.
enum class Exposition : std::uint8_t {
    prometheus,   ///< Prometheus' own, version 0.0.4, which everything reads.
    open_metrics, ///< OpenMetrics 1.0.0.
};

/// What kind of number a metric is.
enum class MetricType : std::uint8_t {
    gauge,   ///< Goes up and down.
    counter, ///< Goes up only, while the program runs. Its name ends in `_total`.
    info,    ///< Always 1: what it says are its labels. Its name ends in `_info`.
};

/// One number of a metric.
struct Sample {
    std::vector<std::pair<std::string_view, std::string>> labels{};
    std::int64_t value = 0;
};

/// A metric with all its numbers. Without any it is left out of the text.
struct Metric {
    std::string_view name;
    MetricType type = MetricType::gauge;
    std::string_view help{}; ///< One line.
    std::vector<Sample> samples{};
};

/// The value of Content-Type.
[[nodiscard]] std::string_view content_type_of(Exposition form) noexcept;
/// The form that suits the value of an Accept header best: OpenMetrics where it is named and at least as welcome.
[[nodiscard]] Exposition exposition_for(std::string_view accept);
/// The whole text.
[[nodiscard]] std::string exposed(const std::vector<Metric>& metrics, Exposition form);

} // namespace fathom::cli
