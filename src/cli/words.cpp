#include "words.hpp"

#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "exit_code.hpp"

namespace fathom::cli {

namespace {

using Unit = ReportRange::Relative::Unit;

std::optional<int> number(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::optional<Unit> unit_named(std::string_view text) {
    for (const Unit unit : {Unit::day, Unit::week, Unit::month, Unit::year}) {
        if (to_string(unit) == text) return unit;
    }
    return std::nullopt;
}

std::optional<Unit> unit_of_letter(char letter) {
    for (const Unit unit : {Unit::day, Unit::week, Unit::month, Unit::year}) {
        if (to_string(unit).front() == letter) return unit;
    }
    return std::nullopt;
}

} // namespace

ReportRange last(const std::string& text) {
    if (const auto unit = unit_named(text)) return ReportRange::Relative{*unit, 1, 1};
    if (!text.empty()) {
        const auto unit = unit_of_letter(text.back());
        const auto count = number(std::string_view(text).substr(0, text.size() - 1));
        if (unit && count && *count > 0) return ReportRange::Relative{*unit, *count - 1, 0};
    }
    throw UsageError("--last: " + text +
                     " is neither a number with d, w, m or y, such as 30d, nor week, month or year");
}

ReportRange current(const std::string& text) {
    const auto unit = unit_named(text);
    if (!unit || *unit == Unit::day) throw UsageError("--this: " + text + " is none of week, month and year");
    return ReportRange::Relative{*unit, 0, 0};
}

std::chrono::year_month_day date(const std::string& option, const std::string& text) {
    if (text.size() == 10 && text[4] == '-' && text[7] == '-') {
        const std::string_view view = text;
        const auto year = number(view.substr(0, 4));
        const auto month = number(view.substr(5, 2));
        const auto day = number(view.substr(8, 2));
        if (year && month && day && *month > 0 && *day > 0) {
            const std::chrono::year_month_day date{std::chrono::year{*year},
                                                   std::chrono::month{static_cast<unsigned>(*month)},
                                                   std::chrono::day{static_cast<unsigned>(*day)}};
            if (date.ok()) return date;
        }
    }
    throw UsageError(option + ": " + text + " is no date such as 2026-11-26");
}

Filter filter(const std::string& text) {
    // Longer ones first, since shorter ones begin like them.
    static constexpr std::array<std::pair<std::string_view, FilterOperator>, 6> operators{{
        {"!=~", FilterOperator::not_matching},
        {"!=", FilterOperator::is_not},
        {"!~", FilterOperator::is_not_like},
        {"=~", FilterOperator::matching},
        {"=", FilterOperator::is},
        {"~", FilterOperator::is_like},
    }};
    const std::size_t at = text.find_first_of("!=~");
    if (at != std::string::npos && at > 0) {
        const std::string_view rest = std::string_view(text).substr(at);
        for (const auto& [sign, comparison] : operators) {
            if (rest.starts_with(sign)) {
                return {Field(text.substr(0, at)), comparison, std::string(rest.substr(sign.size()))};
            }
        }
    }
    throw UsageError("--where: " + text + " is no condition such as country_code=DE, pathname!=/, pathname~/blog*, " +
                     "pathname!~/blog*, pathname=~^/blog or pathname!=~^/blog");
}

std::vector<std::string> parts_of(std::string_view text) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const std::size_t comma = text.find(',');
        if (comma != 0) parts.emplace_back(text.substr(0, comma));
        text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
    }
    return parts;
}

} // namespace fathom::cli
