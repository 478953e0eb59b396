/// @file
/// The URL of a request, taken apart.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <string>
#include <string_view>

namespace fathom::detail::curl {

/// A URL that is changed from request to request. All requests of a client go to one place, so what stands before the
/// path is read once; libcurl would take each URL apart and put it together again.
class RequestUrl {
public:
    RequestUrl();

    /// Takes an absolute http or https URL. @return false where it is none
    [[nodiscard]] bool set(const std::string& url);
    /// For CURLOPT_CURLU; the same for as long as this lives.
    [[nodiscard]] CURLU* handle() const noexcept { return url_.get(); }

private:
    struct Deleter {
        void operator()(CURLU* url) const noexcept { curl_url_cleanup(url); }
    };

    [[nodiscard]] bool set_target(const std::string& target);

    std::unique_ptr<CURLU, Deleter> url_;
    std::string origin_{}; ///< Scheme, host and port of the URL; empty before the first.
};

} // namespace fathom::detail::curl
