/// @file
/// Whether a body is read as it came.
#pragma once

#include <cstdint>

namespace fathom::detail::json {

/// What was done to a body before it is read.
enum class BodyState : std::uint8_t {
    as_sent,
    repaired, ///< See repair(): a U+FFFD may stand for what could not be read.
};

} // namespace fathom::detail::json
