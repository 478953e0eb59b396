/// @file
/// Members of structs as cells of a table, in the forms that json/scalar.hpp reads.
#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <fathom/ids.hpp>
#include <fathom/open_enum.hpp>
#include <fathom/report.hpp>

#include "../json/scalar.hpp"
#include "../text/number_text.hpp"
#include "../text/time_text.hpp"
#include "csv.hpp"

namespace fathom::detail::csv {

[[nodiscard]] inline Cell cell_of(const std::string& value) { return value; }
[[nodiscard]] inline Cell cell_of(bool value) { return value ? "true" : "false"; }
[[nodiscard]] inline Cell cell_of(std::int64_t value) { return std::to_string(value); }
/// Nothing for what is no number, as in JSON.
[[nodiscard]] inline Cell cell_of(double value) { return std::isfinite(value) ? Cell(number_text(value)) : Cell(); }
[[nodiscard]] inline Cell cell_of(Seconds value) { return cell_of(value.count()); }
[[nodiscard]] inline Cell cell_of(std::chrono::sys_seconds value) { return instant_text(value); }
[[nodiscard]] inline Cell cell_of(std::chrono::local_seconds value) { return wall_clock_text(value); }
/// Nothing for a date that an answer did not have.
[[nodiscard]] inline Cell cell_of(std::chrono::year_month_day value) {
    return value.ok() ? Cell(date_text(value)) : Cell();
}
template <class Tag>
[[nodiscard]] Cell cell_of(const Id<Tag>& value) {
    return value.str();
}
template <class Spec>
[[nodiscard]] Cell cell_of(const OpenEnum<Spec>& value) {
    return std::string(value.text());
}
template <class T>
[[nodiscard]] Cell cell_of(const std::optional<T>& value) {
    return value ? cell_of(*value) : Cell();
}
/// Words, such as a token's abilities.
[[nodiscard]] inline Cell cell_of(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text.append(text.empty() ? "" : " ").append(word);
    return words.empty() ? Cell() : Cell(std::move(text));
}

/// Reads a cell. @return false where it holds something else
template <class T>
[[nodiscard]] bool read_cell(const Cell& cell, T& value) {
    if (!cell) return true; // not set
    return json::read(json::Scalar{.kind = json::Scalar::Kind::text, .text = *cell}, value);
}
/// An empty text is no number, time or word: to_line() writes one where a table of a single column has nothing.
template <class T>
[[nodiscard]] bool read_cell(const Cell& cell, std::optional<T>& value) {
    const bool is_set = cell && (!cell->empty() || std::is_same_v<T, std::string>);
    return !is_set || json::read(json::Scalar{.kind = json::Scalar::Kind::text, .text = *cell}, value);
}
[[nodiscard]] inline bool read_cell(const Cell& cell, std::vector<std::string>& words) {
    std::string_view rest = cell ? std::string_view(*cell) : std::string_view();
    while (!rest.empty()) {
        const std::string_view word = rest.substr(0, rest.find(' '));
        if (!word.empty()) words.emplace_back(word);
        rest.remove_prefix(std::min(word.size() + 1, rest.size()));
    }
    return true;
}

/// The Error of a cell.
[[nodiscard]] inline Error wrong_cell(const Line& line, std::string_view column, const Cell& cell) {
    const std::string what = cell ? "cannot be " + json::shortened(*cell) : std::string("is missing");
    return {.kind = ErrorKind::decode,
            .message = "line " + std::to_string(line.number) + ", column " + std::string(column) + ": " + what};
}

} // namespace fathom::detail::csv
