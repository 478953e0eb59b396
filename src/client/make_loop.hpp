/// @file
/// Puts a client together.
#pragma once

#include <memory>

#include <fathom/client.hpp>
#include <fathom/result.hpp>

namespace fathom::detail {

/// Checks the options, makes the transport and the limiter that they leave to the library, and a loop of all that. It
/// shuts down when the last pointer to it goes.
[[nodiscard]] Result<std::shared_ptr<Loop>> make_loop(ClientOptions options);

} // namespace fathom::detail
