/// @file
/// The URL of a request, taken apart.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <optional>
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

    [[nodiscard]] bool set_target(std::string_view target);
    [[nodiscard]] bool set_path(std::string_view path);
    [[nodiscard]] bool set_query(std::string_view query);

    std::unique_ptr<CURLU, Deleter> url_;
    std::string origin_{};               ///< Scheme, host and port of the URL; empty before the first.
    std::string path_{};                 ///< As set last; empty where the whole URL was.
    std::optional<std::string> query_{}; ///< As set last, empty for none; not set where the whole URL was.
};

} // namespace fathom::detail::curl
