#include "../exit_code.hpp"
#include "sqlite_store.hpp"

namespace fathom::cli {

std::unique_ptr<ExportStore> open_sqlite_store(const std::filesystem::path& file, const ExportQuestion&) {
    throw UsageError(file.string() + " cannot be written: this program was built without SQLite; " +
                     "export to a .csv or .jsonl file, or build it where SQLite's headers are installed");
}

} // namespace fathom::cli
