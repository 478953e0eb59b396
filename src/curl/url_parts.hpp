/// @file
/// A URL, taken apart as libcurl does it.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace fathom::detail::curl {

/// The parts of a URL, in the form that libcurl uses: scheme and numbers of a host are normalised.
class UrlParts {
public:
    /// @param flags as curl_url_set() takes them
    /// @return nothing where the text is no URL
    [[nodiscard]] static std::optional<UrlParts> of(const std::string& text, unsigned flags);

    /// For CURLOPT_CURLU.
    [[nodiscard]] CURLU* handle() const noexcept { return url_.get(); }
    /// Empty where there is no such part.
    [[nodiscard]] std::string get(CURLUPart part) const;
    /// Whether libcurl would take a part, percent-decoded: it takes none with control characters.
    [[nodiscard]] bool is_decodable(CURLUPart part) const noexcept;

private:
    struct Deleter {
        void operator()(CURLU* url) const noexcept { curl_url_cleanup(url); }
    };
    using Handle = std::unique_ptr<CURLU, Deleter>;

    explicit UrlParts(Handle url) noexcept : url_(std::move(url)) {}

    Handle url_;
};

} // namespace fathom::detail::curl
