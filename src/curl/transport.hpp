/// @file
/// The transport over libcurl.
#pragma once

#include <memory>

#include <fathom/result.hpp>
#include <fathom/transport.hpp>

namespace fathom::detail::curl {

/// Makes a transport with these options; connects to nothing.
[[nodiscard]] Result<std::shared_ptr<Transport>> make_transport(const ConnectionOptions& options);

} // namespace fathom::detail::curl
