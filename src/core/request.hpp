/// @file
/// What a call asks for, before the client adds its address and key.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include <fathom/error.hpp>
#include <fathom/http.hpp>
#include <fathom/rate_limit.hpp>

#include "drift.hpp"
#include "subject.hpp"

namespace fathom::detail {

/// Whether an attempt whose fate is unknown may be made again.
enum class RetrySafety : std::uint8_t {
    repeatable,     ///< Doing it twice does what doing it once does.
    only_if_unsent, ///< A create: doing it twice would make two.
};

/// A request before the client adds its address, key and limits.
struct OperationRequest {
    std::string_view operation{};     ///< The operation's name, for errors and observers; static text.
    std::string_view path_template{}; ///< The path with names for ids; static text, empty where it is the caller's.
    HttpMethod method = HttpMethod::get;
    std::string target{}; ///< Encoded path and query, below the base URL; starts with '/'.
    std::string body{};   ///< JSON text, or empty.
    Subject subject{};    ///< What it reads or changes.
    LimitGroup group = LimitGroup::resources;
    RetrySafety safety = RetrySafety::repeatable;
    std::string_view replacement{}; ///< What to use where the service has retired this operation; static text.
    /// The caller wants the answer whatever its status (the escape hatch).
    bool any_status = false;
    /// Reads a 2xx answer's body ahead of the caller, for an observer or before the answer is kept for others: why it cannot
    /// be read, and what is passed over. Not set: nobody asks.
    std::function<std::optional<ErrorKind>(std::string_view body, DriftLog& drift)> examine{};
};

} // namespace fathom::detail
