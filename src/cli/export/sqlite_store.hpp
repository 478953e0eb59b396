/// @file
/// An export into a SQLite database.
#pragma once

#include <filesystem>
#include <memory>

#include "store.hpp"

namespace fathom::cli {

/// @throw UsageError where the file is not an export or one of another question, or this program was built without SQLite
[[nodiscard]] std::unique_ptr<ExportStore> open_sqlite_store(const std::filesystem::path& file,
                                                             const ExportQuestion& question);

} // namespace fathom::cli
