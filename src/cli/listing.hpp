/// @file
/// Records as people and programs want them: table, tab-separated text, JSON, JSON Lines, CSV.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include <fathom/records.hpp>

#include "console.hpp"

namespace fathom::cli {

using Record = nlohmann::ordered_json; ///< An object, with the API's names.

enum class Format : std::uint8_t {
    plain, ///< A table on a terminal, else lines with tabs between their cells.
    json,
    json_lines,
    csv,
    html, ///< A page by itself.
};

/// How records are shown.
struct Layout {
    Format format = Format::plain;
    std::vector<std::string> fields{}; ///< The members to show; none: all.
    std::string title{};               ///< Of a page.
    bool is_continued = false;         ///< The names of CSV's columns have been printed.
};

/// Records of one kind.
struct Listing {
    std::vector<std::string> columns; ///< Its members, in order. Those that no record has are left out of tables.
    std::vector<Record> records{};
    bool is_single = false; ///< One record by itself, not a list of one.
    std::string bar_of{};   ///< The member of which a terminal shows bars; empty for none.
};

template <class T>
[[nodiscard]] Record record_of(const T& value) {
    return Record::parse(to_json(value));
}

/// Before anything is asked or changed.
/// @throw UsageError where a field of the layout is no column
void require_fields(const Layout& layout, const std::vector<std::string>& columns);

/// @throw UsageError where a field of the layout is no column
void show(const Listing& listing, const Layout& layout, Console& console);

} // namespace fathom::cli
