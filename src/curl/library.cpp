#include "library.hpp"

#include <cstdlib>
#include <utility>

namespace fathom::detail::curl {

std::optional<Error> set_up_library() {
    static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (code == CURLE_OK) return std::nullopt;
    return Error{.kind = ErrorKind::internal,
                 .message = std::string("libcurl cannot be set up: ") + curl_easy_strerror(code)};
}

std::string environment_variable(const char* name) {
    const char* const value = std::getenv(name); // NOLINT(concurrency-mt-unsafe): as libcurl itself does
    return value != nullptr ? value : "";
}

Variable environment_proxy() {
    for (const char* const name : {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}) {
        std::string value = environment_variable(name);
        if (!value.empty()) return {name, std::move(value)};
    }
    return {};
}

std::string environment_no_proxy() {
    for (const char* const name : {"no_proxy", "NO_PROXY"}) {
        if (std::string value = environment_variable(name); !value.empty()) return value;
    }
    return {};
}

void restrict_protocols(CURL* easy) {
#if LIBCURL_VERSION_NUM >= 0x075500
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "https,http");
#else
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS, CURLPROTO_HTTPS | CURLPROTO_HTTP);
#endif
}

void allow_quick_exit([[maybe_unused]] CURL* easy) {
#if LIBCURL_VERSION_NUM >= 0x075700
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
#endif
}

} // namespace fathom::detail::curl
