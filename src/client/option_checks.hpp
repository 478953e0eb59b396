/// @file
/// What is checked of a client's options before the client is made.
#pragma once

#include <optional>

#include <fathom/call_options.hpp>
#include <fathom/client_options.hpp>
#include <fathom/error.hpp>

namespace fathom::detail {

/// The first option that cannot be right; nothing where all are. The transport checks what concerns connections.
[[nodiscard]] std::optional<Error> check(const ClientOptions& options);
/// The same of one call's options.
[[nodiscard]] std::optional<Error> check(const CallOptions& options);

} // namespace fathom::detail
