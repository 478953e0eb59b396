#include "raw_request.hpp"

#include <algorithm>
#include <string>

#include "checks.hpp"
#include "report_paths.hpp"
#include "url.hpp"

namespace fathom::detail::operations {

namespace {

constexpr std::string_view name = "request";

/// A segment that a server or a proxy may take for "here" or "one up", written in any way.
bool is_relative(std::string_view segment) {
    std::string plain;
    for (std::size_t i = 0; i < segment.size(); ++i) {
        const std::string_view rest = segment.substr(i);
        if (rest.starts_with("%2e") || rest.starts_with("%2E")) {
            plain.push_back('.');
            i += 2;
        } else {
            plain.push_back(segment[i]);
        }
    }
    return plain == "." || plain == "..";
}

bool has_relative_segment(std::string_view path) {
    while (!path.empty()) {
        path.remove_prefix(1); // the slash
        const std::size_t end = std::min(path.find('/'), path.size());
        if (is_relative(path.substr(0, end))) return true;
        path.remove_prefix(end);
    }
    return false;
}

void check_path(Checks& checks, std::string_view path) {
    if (!path.starts_with('/')) return checks.refuse("path", "must start with '/'; it lies below base_url");
    const bool is_printable = std::ranges::all_of(path, [](char c) { return c > ' ' && c < '\x7f'; });
    checks.require(is_printable, "path", "holds characters that must be percent-encoded");
    checks.require(path.find_first_of("?#\\") == std::string_view::npos, "path",
                   "must not hold '?', '#' or '\\'; parameters go into query");
    checks.require(!has_relative_segment(path), "path", "must not hold the segments '.' and '..'");
}

LimitGroup group_of(std::string_view path) {
    const auto lies_below = [path](std::string_view upper) {
        return path.starts_with(upper) && (path.size() == upper.size() || path[upper.size()] == '/');
    };
    return lies_below(aggregations_path) || lies_below(current_visitors_path) ? LimitGroup::reports
                                                                              : LimitGroup::resources;
}

} // namespace

Result<OperationRequest> raw_request(const RawRequest& request) {
    Checks checks(name);
    check_path(checks, request.path);
    for (const auto& [parameter, value] : request.query) {
        checks.require(!parameter.empty(), "query", "holds a parameter without a name");
        checks.require(is_valid_utf8(parameter) && is_valid_utf8(value), "query", "is not valid UTF-8");
    }
    checks.require(is_valid_utf8(request.body), "body", "is not valid UTF-8");
    if (auto error = checks.error()) return *std::move(error);

    Target target(request.path);
    for (const auto& [parameter, value] : request.query) target.parameter(parameter, value);
    const bool is_create = request.method == HttpMethod::post;
    return OperationRequest{.operation = name,
                            .method = request.method,
                            .target = std::move(target).str(),
                            .body = request.body,
                            .group = group_of(request.path),
                            .safety = is_create ? RetrySafety::only_if_unsent : RetrySafety::repeatable,
                            .any_status = true};
}

} // namespace fathom::detail::operations
