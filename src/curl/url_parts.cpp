#include "url_parts.hpp"

#include <new>
#include <utility>

namespace fathom::detail::curl {

std::optional<UrlParts> UrlParts::of(const std::string& text, unsigned flags) {
    Handle url(curl_url());
    if (!url) throw std::bad_alloc();
    if (text.find('\0') != std::string::npos) return std::nullopt;
    if (curl_url_set(url.get(), CURLUPART_URL, text.c_str(), flags) != CURLUE_OK) return std::nullopt;
    return UrlParts(std::move(url));
}

std::string UrlParts::get(CURLUPart part) const {
    char* text = nullptr;
    if (curl_url_get(url_.get(), part, &text, 0) != CURLUE_OK) return {};
    const std::unique_ptr<char, decltype(&curl_free)> owned(text, &curl_free);
    return owned.get();
}

bool UrlParts::is_decodable(CURLUPart part) const noexcept {
    char* text = nullptr;
    const CURLUcode code = curl_url_get(url_.get(), part, &text, CURLU_URLDECODE);
    curl_free(text);
    return code != CURLUE_URLDECODE;
}

} // namespace fathom::detail::curl
