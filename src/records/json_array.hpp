/// @file
/// The elements of a JSON array, each as the text that it is.
#pragma once

#include <string_view>
#include <vector>

#include <fathom/result.hpp>

namespace fathom::detail {

/// Takes an array apart. Whether its elements are JSON is for whoever reads them to say.
/// @return ErrorKind::decode where the text is not one array
[[nodiscard]] Result<std::vector<std::string_view>> elements_of_array(std::string_view text);

} // namespace fathom::detail
