#include <fathom/testing/recorded_request.hpp>

#include "letter_case.hpp"
#include "routes.hpp"

namespace fathom::testing {

std::optional<std::string> RecordedRequest::header(std::string_view name) const {
    for (const auto& [header_name, value] : headers) {
        if (detail::equal_in_any_case(header_name, name)) return value;
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
