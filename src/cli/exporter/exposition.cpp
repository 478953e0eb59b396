#include "exposition.hpp"

namespace fathom::cli {

namespace {

/// Texts in quotes and HELP lines have the same three escapes; HELP lines of Prometheus leave quotes as they are.
std::string escaped(std::string_view text, bool escapes_quotes) {
    std::string result;
    for (const char c : text) {
        if (c == '\\' || c == '\n' || (c == '"' && escapes_quotes)) result += '\\';
        result += c == '\n' ? 'n' : c;
    }
    return result;
}

std::string_view type_name(MetricType type, Exposition form) noexcept {
    switch (type) {
    case MetricType::gauge: return "gauge";
    case MetricType::counter: return "counter";
    case MetricType::info: return form == Exposition::open_metrics ? "info" : "gauge"; // which Prometheus has not
    }
    return "unknown";
}

/// OpenMetrics names a family without what its samples end in.
std::string_view family_name(const Metric& metric, Exposition form) noexcept {
    if (form == Exposition::prometheus || metric.type == MetricType::gauge) return metric.name;
    return metric.name.substr(0, metric.name.rfind('_'));
}

std::string labels_of(const Sample& sample) {
    std::string text;
    for (const auto& [name, value] : sample.labels) {
        text.append(text.empty() ? "{" : ",").append(name) += "=\"" + escaped(value, true) + '"';
    }
    return text.empty() ? text : text + '}';
}

void append(std::string& text, const Metric& metric, Exposition form) {
    const std::string family(family_name(metric, form));
    text += "# HELP " + family + ' ' + escaped(metric.help, form == Exposition::open_metrics) + '\n';
    text.append("# TYPE " + family + ' ').append(type_name(metric.type, form)) += '\n';
    for (const Sample& sample : metric.samples) {
        text.append(metric.name) += labels_of(sample) + ' ' + std::to_string(sample.value) + '\n';
    }
}

} // namespace

std::string_view content_type_of(Exposition form) noexcept {
    return form == Exposition::open_metrics ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
                                            : "text/plain; version=0.0.4; charset=utf-8";
}

std::string exposed(const std::vector<Metric>& metrics, Exposition form) {
    std::string text;
    for (const Metric& metric : metrics) {
        if (!metric.samples.empty()) append(text, metric, form);
    }
    if (form == Exposition::open_metrics) text += "# EOF\n";
    return text;
}

} // namespace fathom::cli
