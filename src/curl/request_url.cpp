#include "request_url.hpp"

#include <algorithm>
#include <new>

namespace fathom::detail::curl {

RequestUrl::RequestUrl() : url_(curl_url()) {
    if (!url_) throw std::bad_alloc();
}

bool RequestUrl::set(const std::string& url) {
    const bool is_same_origin = !origin_.empty() && url.starts_with(origin_) && url[origin_.size()] == '/';
    if (is_same_origin) return set_target(url.substr(origin_.size()));
    origin_.clear();
    if (curl_url_set(url_.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) return false;
    const std::size_t host = url.find("//") + 2;
    origin_ = url.substr(0, std::min(url.find_first_of("/?#", host), url.size()));
    return true;
}

bool RequestUrl::set_target(const std::string& target) {
    const std::size_t end = std::min(target.find('?'), target.size());
    const bool has_query = end < target.size();
    return curl_url_set(url_.get(), CURLUPART_PATH, target.substr(0, end).c_str(), 0) == CURLUE_OK &&
           curl_url_set(url_.get(), CURLUPART_QUERY, has_query ? target.c_str() + end + 1 : nullptr, 0) == CURLUE_OK;
}

} // namespace fathom::detail::curl
