// Which form of the text an Accept header asks for, as RFC 9110 12.5.1 reads one.
#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>

#include "exposition.hpp"

namespace fathom::cli {

namespace {

struct MediaRange {
    std::string type{};    ///< `text/plain`, `text/*`, `*/*`, in lower case.
    std::string version{}; ///< Of the form; empty for any.
    double quality = 1;
};

/// How closely a range fits: 0 not at all, 3 by its name.
struct Fit {
    int closeness = 0;
    double quality = 0;
};

/// In lower case and without spaces, which nothing here needs.
std::string plain(std::string_view text) {
    std::string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isspace(byte) == 0) result += static_cast<char>(std::tolower(byte));
    }
    return result;
}

/// Takes what stands before the separator off the text.
std::string_view next_part(std::string_view& text, char separator) {
    const std::size_t end = std::min(text.find(separator), text.size());
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return part;
}

std::optional<std::string_view> value_of(std::string_view parameter, std::string_view name) {
    if (!parameter.starts_with(name) || parameter.substr(name.size(), 1) != "=") return std::nullopt;
    parameter.remove_prefix(name.size() + 1);
    if (parameter.size() >= 2 && parameter.front() == '"') parameter = parameter.substr(1, parameter.size() - 2);
    return parameter;
}

MediaRange range_of(std::string_view text) {
    MediaRange range{.type = std::string(next_part(text, ';'))};
    while (!text.empty()) {
        const std::string_view parameter = next_part(text, ';');
        if (const auto version = value_of(parameter, "version")) range.version = *version;
        if (const auto quality = value_of(parameter, "q")) {
            range.quality = 0; // of what cannot be read
            std::from_chars(quality->data(), quality->data() + quality->size(), range.quality);
        }
    }
    return range;
}

int closeness_of(const MediaRange& range, std::string_view type, std::string_view version) {
    if (range.type == "*/*") return 1;
    if (range.type == std::string(type.substr(0, type.find('/'))) + "/*") return 2;
    return range.type == type && (range.version.empty() || version.empty() || range.version == version) ? 3 : 0;
}

/// The closest range decides, whatever others say.
Fit fit_of(std::string_view accept, std::string_view type, std::string_view version) {
    Fit best;
    while (!accept.empty()) {
        const MediaRange range = range_of(next_part(accept, ','));
        const Fit fit{closeness_of(range, type, version), range.quality};
        if (fit.closeness > best.closeness || (fit.closeness == best.closeness && fit.quality > best.quality)) {
            best = fit;
        }
    }
    return best.closeness == 0 ? Fit{} : best;
}

} // namespace

Exposition exposition_for(std::string_view accept) {
    const std::string ranges = plain(accept);
    const Fit open_metrics = fit_of(ranges, "application/openmetrics-text", "1.0.0");
    // Whatever version of Prometheus' own form is named: there is but one, and who reads a later one reads it too.
    const Fit prometheus = fit_of(ranges, "text/plain", "");
    const bool is_named = open_metrics.closeness == 3 && open_metrics.quality > 0;
    return is_named && open_metrics.quality >= prometheus.quality ? Exposition::open_metrics : Exposition::prometheus;
}

} // namespace fathom::cli
