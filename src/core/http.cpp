#include <fathom/http.hpp>

#include <algorithm>

#include <fathom/transport.hpp>

#include "../text/ascii.hpp"
#include "../text/plain_text.hpp"

namespace fathom::inline v0_2 {

namespace {

/// Calls `visit(name, value)` for each line until it gives true.
template <class Visit>
void for_each_line(std::string_view lines, Visit visit) {
    while (!lines.empty()) {
        const std::size_t end = std::min(lines.find('\n'), lines.size());
        const std::string_view line = lines.substr(0, end);
        lines.remove_prefix(std::min(end + 1, lines.size()));
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos) continue;
        if (visit(detail::stripped(line.substr(0, colon)), detail::stripped(line.substr(colon + 1)))) return;
    }
}

} // namespace

bool operator==(const HttpRequest& a, const HttpRequest& b) {
    const bool same_headers = a.headers == b.headers || (a.headers && b.headers && *a.headers == *b.headers);
    return same_headers && a.method == b.method && a.url == b.url && a.body == b.body && a.timeout == b.timeout &&
           a.fresh_connection == b.fresh_connection;
}

std::string_view to_string(HttpMethod method) noexcept {
    switch (method) {
    case HttpMethod::get: return "GET";
    case HttpMethod::post: return "POST";
    case HttpMethod::put: return "PUT";
    case HttpMethod::patch: return "PATCH";
    case HttpMethod::delete_: return "DELETE";
    }
    return "GET";
}

HttpHeaders::HttpHeaders(std::initializer_list<HttpHeader> headers) {
    for (const HttpHeader& header : headers) append(header.name, header.value);
}

void HttpHeaders::append(std::string_view name, std::string_view value) {
    text_.append(name).append(": ").append(value).append("\n");
}

void HttpHeaders::append_line(std::string_view line) {
    constexpr std::size_t usual_size = 512; // of all that a server sends
    if (text_.empty()) text_.reserve(usual_size);
    text_.append(detail::stripped(line)).push_back('\n');
}

std::optional<std::string_view> HttpHeaders::find(std::string_view name) const noexcept {
    std::optional<std::string_view> found;
    for_each_line(text_, [&](std::string_view line_name, std::string_view value) {
        if (!detail::equal_ignoring_case(line_name, name)) return false;
        found = value;
        return true;
    });
    return found;
}

std::vector<HttpHeader> HttpHeaders::all() const {
    std::vector<HttpHeader> headers;
    for_each_line(text_, [&](std::string_view name, std::string_view value) {
        headers.push_back({std::string(name), std::string(value)});
        return false;
    });
    return headers;
}

} // namespace fathom::inline v0_2
