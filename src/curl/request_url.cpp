#include "request_url.hpp"

#include <algorithm>
#include <new>

namespace fathom::detail::curl {

RequestUrl::RequestUrl() : url_(curl_url()) {
    if (!url_) throw std::bad_alloc();
}

bool RequestUrl::set(const std::string& url) {
    const bool is_same_origin = !origin_.empty() && url.starts_with(origin_) && url[origin_.size()] == '/';
    if (is_same_origin && set_target(url.c_str() + origin_.size())) return true;
    origin_.clear();
    path_.clear();
    query_.reset();
    if (curl_url_set(url_.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) return false;
    const std::size_t host = url.find("//") + 2;
    origin_ = url.substr(0, std::min(url.find_first_of("/?#", host), url.size()));
    return true;
}

bool RequestUrl::set_target(std::string_view target) {
    const std::size_t end = std::min(target.find('?'), target.size());
    const bool has_query = end < target.size();
    const std::string_view query = target.substr(has_query ? end + 1 : end);
    return set_path(target.substr(0, end)) && set_query(query);
}

bool RequestUrl::set_path(std::string_view path) {
    if (path == path_) return true;
    path_ = path;
    return curl_url_set(url_.get(), CURLUPART_PATH, path_.c_str(), 0) == CURLUE_OK;
}

bool RequestUrl::set_query(std::string_view query) {
    if (query == query_) return true;
    query_ = query;
    return curl_url_set(url_.get(), CURLUPART_QUERY, query.empty() ? nullptr : query_->c_str(), 0) == CURLUE_OK;
}

} // namespace fathom::detail::curl
