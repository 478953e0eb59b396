/// @file
/// Building the encoded part of a URL.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace fathom::detail {

/// Text with everything percent-encoded but letters, digits and `-._~`.
[[nodiscard]] std::string percent_encoded(std::string_view text);

/// Path and query of a request.
class Target {
public:
    explicit Target(std::string_view path) : text_(path) {}

    /// Appends a path segment, encoded.
    Target& segment(std::string_view text);
    /// Appends a query parameter, encoded.
    Target& parameter(std::string_view name, std::string_view value);

    [[nodiscard]] std::string str() && { return std::move(text_); }

private:
    std::string text_;
    bool has_query_ = false;
};

} // namespace fathom::detail
