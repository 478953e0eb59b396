/// @file
/// A transport that records what another one says and hears.
#pragma once

#include <filesystem>
#include <memory>

#include <fathom/result.hpp>
#include <fathom/transport.hpp>

#include "../core/secrets.hpp"

namespace fathom::detail::recording {

/// See fathom::recording_transport().
/// @param secrets what is hidden besides the key of each request
[[nodiscard]] Result<std::shared_ptr<Transport>> record(const std::filesystem::path& file,
                                                        std::shared_ptr<Transport> transport, Secrets secrets);

} // namespace fathom::detail::recording
