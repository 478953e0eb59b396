/// @file
/// What a file holds that was exported to, whatever its format.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include <fathom/records.hpp>

#include "cli/export/database.hpp"
#include "cli/export/store.hpp"
#include "cli/export/times.hpp"

namespace fathom::cli {

/// Site, date and path of a row; and its pageviews.
using ExportedKey = std::tuple<std::string, std::string, std::string>;
using ExportedRows = std::multimap<ExportedKey, std::int64_t>;

inline std::string content_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

inline ExportedRows rows_of_database(const std::filesystem::path& file) {
    ExportedRows rows;
    Database database(file);
    if (database.number("SELECT count(*) FROM sqlite_master") == 0) return rows;
    Statement query(database, "SELECT site_id, date, pathname, pageviews FROM pageviews");
    while (query.step()) rows.emplace(ExportedKey{query.text(0), query.text(1), query.text(2)}, query.number(3));
    return rows;
}

/// Of the columns site_id, date, pathname and pageviews. Every line counts, so a broken one is an error.
inline ExportedRows exported_rows(ExportFormat format, const std::filesystem::path& file, DateGrouping by) {
    if (format == ExportFormat::sqlite) return rows_of_database(file);
    const std::string text = content_of(file);
    ExportedRows rows;
    const std::vector<PageviewRow> read =
        format == ExportFormat::csv ? read_csv<PageviewRow>(text).value() : read_json_lines<PageviewRow>(text).value();
    for (const PageviewRow& row : read) {
        rows.emplace(ExportedKey{std::string(row.fields[Field("site_id")]), bucket_text(row.time.value(), by),
                                 std::string(row.fields[Field::pathname])},
                     row.pageviews.value());
    }
    return rows;
}

inline const char* ending_of(ExportFormat format) {
    switch (format) {
    case ExportFormat::sqlite: return ".sqlite";
    case ExportFormat::csv: return ".csv";
    case ExportFormat::json_lines: break;
    }
    return ".jsonl";
}

} // namespace fathom::cli
