#include <fathom/testing/recorded_request.hpp>

#include <algorithm>

#include "routes.hpp"

namespace fathom::testing {
namespace {

char to_lower(char character) {
    return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a') : character;
}

bool equal_in_any_case(std::string_view left, std::string_view right) {
    return std::ranges::equal(left, right, {}, to_lower, to_lower);
}

} // namespace

std::optional<std::string> RecordedRequest::header(std::string_view name) const {
    for (const auto& [header_name, value] : headers) {
        if (equal_in_any_case(header_name, name)) return value;
    }
    return std::nullopt;
}

std::optional<std::string> RecordedRequest::parameter(std::string_view name) const {
    for (const auto& [parameter_name, value] : parameters) {
        if (parameter_name == name) return value;
    }
    return std::nullopt;
}

bool RequestFilter::matches(const RecordedRequest& request) const {
    std::string_view after_base = request.path;
    if (after_base.starts_with(detail::base_path)) after_base.remove_prefix(detail::base_path.size());
    return (method.empty() || method == request.method) && (path.empty() || path == after_base) &&
           after_base.starts_with(path_prefix);
}

} // namespace fathom::testing
