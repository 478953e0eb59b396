/// @file
/// Texts that belong in no error, log or trace.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <fathom/error.hpp>

namespace fathom::detail {

/// The API key and a proxy's password. A server, or a proxy between, may send back what it was sent.
class Secrets {
public:
    /// Adds one. What is shorter than four characters is no secret that could be told from ordinary text.
    void add(std::string secret);

    /// The text with `***` in the place of each secret, and of each part of one that is eight characters or longer: cut in
    /// two, in other case, or percent-encoded.
    [[nodiscard]] std::string hidden_in(std::string_view text) const;
    /// Hides them in all that the error says.
    void hide_in(Error& error) const;

private:
    std::vector<std::string> secrets_{};
};

/// The password in a proxy's URL, decoded; empty where there is none.
[[nodiscard]] std::string password_in(std::string_view proxy_url);

} // namespace fathom::detail
