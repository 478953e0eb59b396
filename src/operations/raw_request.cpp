#include "raw_request.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "../text/percent.hpp"
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

/// The segments of a path, decoded.
std::vector<std::string> segments_of(std::string_view path) {
    std::vector<std::string> segments;
    while (!path.empty()) {
        path.remove_prefix(1); // the slash
        const std::size_t end = std::min(path.find('/'), path.size());
        segments.push_back(percent_decoded(path.substr(0, end)));
        path.remove_prefix(end);
    }
    return segments;
}

/// The site that a report is about: the value of the parameter that names it.
std::string reported_site(const RawRequest& request) {
    for (const auto& [parameter, value] : request.query) {
        if (parameter == "site_id" || parameter == "entity_id") return value;
    }
    return {};
}

/// What a request of the caller's own is about, as far as its path is one of the API's.
Subject subject_of(const RawRequest& request) {
    const std::vector<std::string> segments = segments_of(request.path);
    const std::string first = "/" + segments.front();
    if (first == "/account" || first == "/token") return {Resource::account, {}};
    if (first == aggregations_path || first == current_visitors_path)
        return {Resource::reports, reported_site(request)};
    if (first != "/sites") return {};
    if (segments.size() == 1) return {Resource::sites, {}};
    Resource resource = Resource::sites;
    if (segments.size() > 2 && segments[2] == "events") resource = Resource::events;
    if (segments.size() > 2 && segments[2] == "milestones") resource = Resource::milestones;
    return {resource, segments[1]};
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
    checks.require(request.method != HttpMethod::get || request.body.empty(), "body",
                   "stands in a GET, which has none; set method, or put it into query");
    if (auto error = checks.error()) return *std::move(error);

    Target target(request.path);
    for (const auto& [parameter, value] : request.query) target.parameter(parameter, value);
    // What PATCH does twice may be something else than what it does once (RFC 5789).
    const bool is_create = request.method == HttpMethod::post || request.method == HttpMethod::patch;
    Subject subject = subject_of(request);
    const bool is_report = subject.resource == Resource::reports;
    if (is_report && subject.site.empty()) subject = {}; // on a site that is named in some other way
    return OperationRequest{.operation = name,
                            .method = request.method,
                            .target = std::move(target).str(),
                            .body = request.body,
                            .subject = std::move(subject),
                            .group = is_report ? LimitGroup::reports : LimitGroup::resources,
                            .safety = is_create ? RetrySafety::only_if_unsent : RetrySafety::repeatable,
                            .any_status = true};
}

} // namespace fathom::detail::operations
