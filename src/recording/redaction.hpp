/// @file
/// Texts of requests and answers without what must not be handed over: credentials and e-mail addresses.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "../core/secrets.hpp"

namespace fathom::detail::recording {

/// Whether what goes by this name, a header, a parameter or a member of JSON, is a credential.
[[nodiscard]] bool is_credential(std::string_view name);

/// Puts `***` in the place of credentials and e-mail addresses; all else stays, byte for byte.
class Redaction {
public:
    explicit Redaction(Secrets secrets) : secrets_(std::move(secrets)) {}

    /// Hides this text wherever it comes from now on.
    void add_secret(std::string secret) { secrets_.add(std::move(secret)); }
    /// Hides what a request's body names a credential, such as a share password, wherever it comes from now on.
    void learn_from(std::string_view body);

    /// A body: JSON, even if it is cut, or any other text.
    [[nodiscard]] std::string body(std::string_view text) const;
    /// The path or the query of a URL, whose parts are percent-encoded.
    [[nodiscard]] std::string url(std::string_view url) const;
    /// The value of a header.
    [[nodiscard]] std::string header(std::string_view name, std::string_view value) const;
    /// Any other text.
    [[nodiscard]] std::string text(std::string_view plain) const;

private:
    Secrets secrets_;
    std::set<std::string, std::less<>> short_secrets_{}; ///< Hidden only where they are all of a text.
};

} // namespace fathom::detail::recording
