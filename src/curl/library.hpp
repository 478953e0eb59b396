/// @file
/// Where versions of libcurl differ, its one-time setup, and what it reads of the environment.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <optional>
#include <string>

#include <fathom/error.hpp>

namespace fathom::detail::curl {

/// Sets libcurl up, once per process; safe from any thread. Its global cleanup is never called: the host program may use
/// libcurl too.
[[nodiscard]] std::optional<Error> set_up_library();

/// The code of answers that libcurl finds too large, since 8.6.
inline constexpr auto too_large = static_cast<CURLcode>(100);

/// A variable of the environment.
struct Variable {
    std::string name{}; ///< Empty where there is none.
    std::string value{};
};

/// The value of a variable; empty where it is not set.
[[nodiscard]] std::string environment_variable(const char* name);

/// The variable that names a proxy for https, if one does. libcurl asks them anew for each transfer, unless it is told that
/// there is none.
[[nodiscard]] Variable environment_proxy();
/// The hosts that the environment excepts from the proxy.
[[nodiscard]] std::string environment_no_proxy();

/// Allows https and http and nothing else.
void restrict_protocols(CURL* easy);

/// Lets a transfer be given up while its name is being resolved, without waiting for the resolver.
void allow_quick_exit(CURL* easy);

} // namespace fathom::detail::curl
