#include "store.hpp"

#include "../exit_code.hpp"
#include "sqlite_store.hpp"
#include "text_store.hpp"

namespace fathom::cli {

ExportFormat export_format(const std::optional<std::string>& name, const std::filesystem::path& file) {
    const std::string ending = file.extension().string();
    const std::string word = name ? *name : ending.substr(ending.empty() ? 0 : 1);
    if (word == "sqlite" || word == "sqlite3" || word == "db") return ExportFormat::sqlite;
    if (word == "csv") return ExportFormat::csv;
    if (word == "jsonl" || word == "ndjson") return ExportFormat::json_lines;
    throw UsageError("the ending of " + file.string() +
                     " is none of .sqlite, .db, .csv and .jsonl; name the format: --format sqlite, csv or jsonl");
}

std::unique_ptr<ExportStore> open_store(ExportFormat format, const std::filesystem::path& file,
                                        const ExportQuestion& question) {
    if (format == ExportFormat::sqlite) return open_sqlite_store(file, question);
    return std::make_unique<TextStore>(file, format, question);
}

void require_same(const std::filesystem::path& file, const ExportQuestion& stored, const ExportQuestion& asked) {
    if (stored == asked) return;
    throw UsageError(other_export(file, different_options(stored, asked)));
}

std::string other_export(const std::filesystem::path& file, const std::string& options) {
    return file.string() + " is an export of something else (" + options +
           "); name another file, or the options of that export";
}

std::string foreign_file(const std::filesystem::path& file) {
    return file.string() + " is not an export of this program; nothing was written; name another file";
}

} // namespace fathom::cli
