/// @file
/// The emulator's tables.
#pragma once

#include "database.hpp"

namespace fathom::testing::detail {

/// Makes the tables where they are missing.
/// @throws std::runtime_error where the file is of another version
void prepare_schema(Database& database);

/// Makes the indexes of the facts; cheaper after sample data than before.
void prepare_indexes(Database& database);

} // namespace fathom::testing::detail
