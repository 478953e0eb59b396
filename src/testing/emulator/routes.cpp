#include "routes.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "operations.hpp"

namespace fathom::testing::detail {
namespace {

constexpr auto resources = LimitedGroup::resources;
constexpr auto reports = LimitedGroup::reports;
constexpr auto current = Standing::current;
constexpr auto retired = Standing::retired;

// The first that fits is taken: `events/currency` comes before the events' ids.
constexpr std::array<Route, 23> routes{{
    {"GET", "/account", &get_account},
    {"GET", "/token", &get_token},
    {"GET", "/sites", &list_sites},
    {"POST", "/sites", &create_site},
    {"GET", "/sites/{}", &get_site},
    {"POST", "/sites/{}", &update_site},
    {"DELETE", "/sites/{}", &delete_site},
    {"DELETE", "/sites/{}/data", &wipe_site, resources, retired},
    {"GET", "/sites/{}/events", &list_events},
    {"POST", "/sites/{}/events", &create_event, resources, retired},
    {"DELETE", "/sites/{}/events", &delete_events_by_name},
    {"POST", "/sites/{}/events/currency", &set_event_currency},
    {"GET", "/sites/{}/events/{}", &get_event, resources, retired},
    {"POST", "/sites/{}/events/{}", &update_event, resources, retired},
    {"DELETE", "/sites/{}/events/{}", &delete_event, resources, retired},
    {"DELETE", "/sites/{}/events/{}/data", &wipe_event, resources, retired},
    {"GET", "/sites/{}/milestones", &list_milestones},
    {"POST", "/sites/{}/milestones", &create_milestone},
    {"GET", "/sites/{}/milestones/{}", &get_milestone},
    {"POST", "/sites/{}/milestones/{}", &update_milestone},
    {"DELETE", "/sites/{}/milestones/{}", &delete_milestone},
    {"GET", "/aggregations", &get_aggregations, reports, current, "entity_id,site_id"},
    {"GET", "/current_visitors", &get_current_visitors, reports, current, "site_id"},
}};

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    std::size_t begin = 0;
    while (true) {
        const std::size_t end = text.find(separator, begin);
        parts.push_back(text.substr(begin, end - begin));
        if (end == std::string_view::npos) return parts;
        begin = end + 1;
    }
}

// The ids of a path that fits the pattern.
std::optional<std::vector<std::string>> match(std::string_view pattern, std::string_view path) {
    const auto wanted = split(pattern, '/');
    const auto given = split(path, '/');
    if (wanted.size() != given.size()) return std::nullopt;
    std::vector<std::string> ids;
    for (std::size_t index = 0; index < wanted.size(); ++index) {
        std::string part = percent_decode(given[index], false);
        if (wanted[index] == "{}" && !part.empty()) {
            ids.push_back(std::move(part));
        } else if (wanted[index] != part) {
            return std::nullopt;
        }
    }
    return ids;
}

void add_allowed(std::string_view method, std::string& allowed) {
    if (allowed.find(method) != std::string::npos) return;
    allowed.append(allowed.empty() ? "" : ", ").append(method);
    if (method == "GET") allowed += ", HEAD";
}

int hexadecimal_digit(char character) {
    if (character >= '0' && character <= '9') return character - '0';
    if (character >= 'a' && character <= 'f') return character - 'a' + 10;
    if (character >= 'A' && character <= 'F') return character - 'A' + 10;
    return -1;
}

} // namespace

bool is_known_method(std::string_view method) {
    constexpr std::array<std::string_view, 10> methods{"GET",     "HEAD",    "POST",  "PUT",   "DELETE",
                                                       "CONNECT", "OPTIONS", "TRACE", "PATCH", "QUERY"};
    return std::ranges::find(methods, method) != methods.end();
}

RouteMatch find_route(std::string_view method, std::string_view path) {
    RouteMatch found;
    if (!path.starts_with(base_path)) return found;
    path.remove_prefix(base_path.size());
    // Whoever reads can ask for the head alone.
    const std::string_view wanted = method == "HEAD" ? "GET" : method;
    for (const Route& route : routes) {
        auto ids = match(route.path, path);
        if (!ids) continue;
        add_allowed(route.method, found.allowed);
        if (found.route == nullptr && route.method == wanted) {
            found.route = &route;
            found.ids = std::move(*ids);
        }
    }
    if (!found.allowed.empty()) found.allowed += ", OPTIONS";
    return found;
}

std::string percent_decode(std::string_view text, bool plus_is_blank) {
    std::string decoded;
    for (std::size_t index = 0; index < text.size(); ++index) {
        const int high = index + 2 < text.size() ? hexadecimal_digit(text[index + 1]) : -1;
        const int low = index + 2 < text.size() ? hexadecimal_digit(text[index + 2]) : -1;
        if (text[index] == '%' && high >= 0 && low >= 0) {
            decoded += static_cast<char>(high * 16 + low);
            index += 2;
        } else {
            decoded += text[index] == '+' && plus_is_blank ? ' ' : text[index];
        }
    }
    return decoded;
}

NamedValues parse_query(std::string_view query) {
    NamedValues parameters;
    for (const std::string_view part : split(query, '&')) {
        if (part.empty()) continue;
        const std::size_t equals = std::min(part.find('='), part.size());
        const std::string_view value = equals < part.size() ? part.substr(equals + 1) : std::string_view{};
        parameters.emplace_back(percent_decode(part.substr(0, equals), true), percent_decode(value, true));
    }
    return parameters;
}

} // namespace fathom::testing::detail
