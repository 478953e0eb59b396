/// @file
/// Building the encoded part of a URL.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace fathom::detail {

/// Path and query of a request, and the site that it is about.
class Target {
public:
    explicit Target(std::string_view path) : text_(path) {}

    /// Appends a path segment, encoded.
    Target& segment(std::string_view text);
    /// Appends a query parameter, encoded.
    Target& parameter(std::string_view name, std::string_view value);

    /// Notes which site the request is about, whether or not its path says so.
    Target& about(std::string_view site) {
        site_ = site;
        return *this;
    }

    [[nodiscard]] std::string str() && { return std::move(text_); }
    /// The id of the site; empty where it is about none, or about all of them.
    [[nodiscard]] const std::string& site() const noexcept { return site_; }

private:
    std::string text_;
    std::string site_{};
    bool has_query_ = false;
};

} // namespace fathom::detail
