/// @file
/// The transport over libcurl.
#pragma once

#include <memory>
#include <string>

#include <fathom/result.hpp>
#include <fathom/transport.hpp>

namespace fathom::detail::curl {

/// Checks these options and makes a transport with them; connects to nothing.
/// @param base_url where the service is, from checked_base_url()
[[nodiscard]] Result<std::shared_ptr<Transport>> make_transport(const ConnectionOptions& options,
                                                                const std::string& base_url);

} // namespace fathom::detail::curl
