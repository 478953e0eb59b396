/// @file
/// What the emulator's queries need beyond SQLite's own functions.
#pragma once

#include <fathom/testing/report_rules.hpp>

#include "database.hpp"

namespace fathom::testing::detail {

/// The name of the collation by which texts are sorted.
inline constexpr const char* text_collation = "service_text";

/// Adds to the connection
/// - `time_bucket(instant, zone, grouping)`: the text of the bucket that a Unix time falls into;
/// - `text REGEXP pattern` and `contains_term(term, text)`: whether one is found in the other;
/// - `shuffled_place(text, salt)`: a number that looks random;
/// - `count_visitors(instant, visitors, count)`: an aggregate, how many different people there are;
/// - the collation `service_text`.
void add_sql_functions(Database& database, const ReportRules& rules);

} // namespace fathom::testing::detail
