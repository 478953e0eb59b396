/// @file
/// Where versions of libcurl differ, and its one-time setup.
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

/// Where certificate authorities are found; empty for nowhere.
struct Authorities {
    std::string file{};   ///< All in one; parsed as a whole before the first handshake.
    std::string folder{}; ///< One file each, named by a hash; only those are read that a certificate names.

    /// Member-wise equality.
    friend bool operator==(const Authorities&, const Authorities&) = default;
};

/// The system's file of authorities; its folder where it has no file.
[[nodiscard]] Authorities system_file();
/// The system's folder of them, where libcurl's TLS library reads from it no more than is needed; else its file.
[[nodiscard]] Authorities system_folder();
/// Has no others trusted.
void trust(CURL* easy, const Authorities& authorities);

/// Whether one of the environment's variables names a proxy for https. libcurl asks them anew for each transfer, unless it
/// is told that there is none.
[[nodiscard]] bool environment_names_proxy();

/// Allows https and http and nothing else.
void restrict_protocols(CURL* easy);

/// Lets a transfer be given up while its name is being resolved, without waiting for the resolver.
void allow_quick_exit(CURL* easy);

} // namespace fathom::detail::curl
