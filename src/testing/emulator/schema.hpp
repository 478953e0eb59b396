/// @file
/// The emulator's tables, and the functions that its queries need beyond SQLite's own.
#pragma once

#include "database.hpp"

namespace fathom::testing::detail {

/// Makes the tables where they are missing, and adds to the connection
/// - `time_bucket(instant, zone, grouping)`: the text of the bucket that a Unix time falls into;
/// - `text REGEXP pattern`.
void prepare_schema(Database& database);

/// Makes the indexes of the facts; cheaper after sample data than before.
void prepare_indexes(Database& database);

} // namespace fathom::testing::detail
