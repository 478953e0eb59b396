/// @file
/// What nlohmann's parser takes by itself, as the library uses it.
#pragma once

#include <string_view>

namespace fathom::benchmark {

/// Parses as the library does, with events that keep nothing: whoever reads with that parser takes as long, or longer.
/// Ends the program where the body is not JSON.
void parse_alone(std::string_view body);

} // namespace fathom::benchmark
