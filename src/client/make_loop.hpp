/// @file
/// Puts a client together.
#pragma once

#include <memory>
#include <optional>

#include <fathom/client.hpp>
#include <fathom/result.hpp>

#include "../loop/loop.hpp"

namespace fathom::detail {

/// Checks the options, makes the transport and the limiter that they leave to the library, and a loop of all that. It
/// shuts down when the last pointer to it goes.
/// @param host set where the program drives the loop
[[nodiscard]] Result<std::shared_ptr<Loop>> make_loop(ClientOptions options, std::optional<Loop::Host> host = {});

} // namespace fathom::detail
