#include "limit_headers.hpp"

#include <charconv>
#include <string_view>

namespace fathom::detail {

std::optional<std::size_t> remaining_requests(const HttpHeaders& headers) noexcept {
    for (const std::string_view name : {"X-RateLimit-Remaining", "RateLimit-Remaining"}) {
        const std::optional<std::string_view> text = headers.find(name);
        if (!text) continue;
        std::size_t remaining = 0;
        const auto [end, problem] = std::from_chars(text->data(), text->data() + text->size(), remaining);
        if (problem == std::errc() && end == text->data() + text->size()) return remaining;
    }
    return std::nullopt;
}

} // namespace fathom::detail
