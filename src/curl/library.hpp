/// @file
/// Where versions of libcurl differ, and its one-time setup.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <optional>

#include <fathom/error.hpp>

namespace fathom::detail::curl {

/// Sets libcurl up, once per process; safe from any thread. Its global cleanup is never called: the host program may use
/// libcurl too.
[[nodiscard]] std::optional<Error> set_up_library();

/// Allows https and http and nothing else.
void restrict_protocols(CURL* easy);

/// Lets a transfer be given up while its name is being resolved, without waiting for the resolver.
void allow_quick_exit(CURL* easy);

} // namespace fathom::detail::curl
