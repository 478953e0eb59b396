/// @file
/// What to say of an answer that is not JSON although its status is a success.
#pragma once

#include <optional>
#include <string_view>

#include <fathom/error.hpp>

namespace fathom::detail::json {

/// The decode error of an answer that does not even begin as JSON; nothing where it does, or where it is empty.
[[nodiscard]] std::optional<Error> not_json(std::string_view body);

} // namespace fathom::detail::json
