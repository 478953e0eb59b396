#include "limit_headers.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "header_lists.hpp"
#include "header_text.hpp"
#include "retry_after.hpp"

namespace fathom::detail {

namespace {

using namespace std::chrono;

/// `"name";a=1;b=2`, or `a=1` alone, in which case the name is empty.
struct Item {
    std::string_view name{};
    std::string_view parameters{};

    [[nodiscard]] std::optional<std::int64_t> number(std::string_view wanted) const noexcept {
        for (std::string_view rest = parameters; !rest.empty();) {
            std::string_view value = take_list_item(rest, ';');
            const std::string_view key = take_list_item(value, '=');
            if (key == wanted) return parse_count(trimmed(value));
        }
        return std::nullopt;
    }
};

std::vector<Item> limits_of(std::string_view list) {
    std::vector<Item> items;
    for (std::string_view rest : items_of(list)) {
        const bool has_name =
            rest.starts_with('"') || rest.substr(0, rest.find(';')).find('=') == std::string_view::npos;
        const std::string_view name = has_name ? take_list_item(rest, ';') : std::string_view();
        items.push_back({name, rest});
    }
    return items;
}

std::optional<seconds> to_seconds(std::optional<std::int64_t> count) {
    return count ? std::optional(seconds{*count}) : std::nullopt;
}

/// The window of a limit of so many requests, where a policy like `10;w=60` names it.
std::optional<seconds> window_of(const std::vector<Item>& policies, std::optional<std::int64_t> requests) {
    for (const Item& policy : policies) {
        const auto window = policy.number("w");
        if (window && requests && parse_count(policy.name) == requests) return seconds{*window};
    }
    return std::nullopt;
}

/// `RateLimit: "default";r=50;t=30` with `RateLimit-Policy: "default";q=100;w=60`.
void add_structured(const std::vector<Item>& items, const std::vector<Item>& policies,
                    std::vector<ReportedLimit>& reports) {
    for (const Item& item : items) {
        const auto remaining = item.number("r");
        if (item.name.empty() || !remaining) continue;
        ReportedLimit report{.remaining = *remaining, .reset = to_seconds(item.number("t"))};
        if (const auto policy = std::ranges::find(policies, item.name, &Item::name); policy != policies.end()) {
            report.requests = policy->number("q");
            report.window = to_seconds(policy->number("w"));
        }
        reports.push_back(report);
    }
}

/// `RateLimit: limit=100, remaining=50, reset=5`, an older draft; its policy is `100;w=60`.
void add_combined(const std::vector<Item>& items, const std::vector<Item>& policies,
                  std::vector<ReportedLimit>& reports) {
    std::optional<std::int64_t> limit;
    std::optional<std::int64_t> remaining;
    std::optional<std::int64_t> reset;
    for (const Item& item : items) {
        if (!item.name.empty()) continue;
        if (const auto value = item.number("limit")) limit = value;
        if (const auto value = item.number("remaining")) remaining = value;
        if (const auto value = item.number("reset")) reset = value;
    }
    if (!remaining) return;
    reports.push_back(
        {.requests = limit, .window = window_of(policies, limit), .remaining = *remaining, .reset = to_seconds(reset)});
}

/// A family of headers.
struct Names {
    std::string_view remaining;
    std::string_view limit;
    std::string_view reset;
    std::string_view policy;
};
constexpr Names standard_names{"RateLimit-Remaining", "RateLimit-Limit", "RateLimit-Reset", "RateLimit-Policy"};
constexpr Names customary_names{"X-RateLimit-Remaining", "X-RateLimit-Limit", "X-RateLimit-Reset",
                                "X-RateLimit-Policy"};

/// What a list says of the limit at some place among several: its item there. One item alone is about all of them, and
/// where there is one limit, the first item is about it.
template <class T>
const T* at_place(const std::vector<T>& list, std::size_t place, std::size_t places) {
    if (list.empty()) return nullptr;
    if (list.size() == 1 || places == 1) return &list.front();
    return list.size() == places ? &list[place] : nullptr;
}

/// A limit may be `100, 100;w=60`; and each header may be about several limits: `10, 2000`.
void add_separate(const HttpHeaders& headers, const Names& names, system_clock::time_point calendar_now,
                  std::vector<ReportedLimit>& reports) {
    const std::string remaining_text = list_of(headers, names.remaining);
    if (remaining_text.empty()) return;
    const std::string limit_text = list_of(headers, names.limit);
    const std::string reset_text = list_of(headers, names.reset);
    const std::string policy_text = list_of(headers, names.policy);
    const std::vector<std::string_view> all_remaining = items_of(remaining_text);
    const std::vector<std::string_view> resets = items_of(reset_text);
    const std::vector<Item> limits = limits_of(limit_text);
    const std::vector<Item> policies = limits_of(policy_text);

    for (std::size_t place = 0; place < all_remaining.size(); ++place) {
        const auto remaining = parse_count(all_remaining[place]);
        if (!remaining) continue;
        ReportedLimit report{.remaining = *remaining};
        if (const Item* limit = at_place(limits, place, all_remaining.size())) {
            report.requests = parse_count(limit->name);
            report.window = to_seconds(limit->number("w"));
        }
        if (!report.window) report.window = window_of(limits, report.requests);
        if (!report.window) report.window = window_of(policies, report.requests);
        if (const std::string_view* text = at_place(resets, place, all_remaining.size())) {
            const auto reset = parse_seconds(*text);
            if (reset) report.reset = wait_from(*reset, server_time(headers, calendar_now));
        }
        reports.push_back(report);
    }
}

bool is_about(const ReportedLimit& report, const RateLimit& limit) {
    return report.requests == static_cast<std::int64_t>(limit.requests) &&
           report.window.value_or(limit.window) == limit.window;
}

} // namespace

std::vector<ReportedLimit> reported_limits(const HttpHeaders& headers, system_clock::time_point calendar_now) {
    std::vector<ReportedLimit> reports;
    if (const std::string items_text = list_of(headers, "RateLimit"); !items_text.empty()) {
        const std::string policies_text = list_of(headers, "RateLimit-Policy");
        const std::vector<Item> items = limits_of(items_text);
        const std::vector<Item> policies = limits_of(policies_text);
        add_structured(items, policies, reports);
        add_combined(items, policies, reports);
    }
    add_separate(headers, standard_names, calendar_now, reports);
    add_separate(headers, customary_names, calendar_now, reports);
    return reports;
}

std::vector<LimitHint> limit_hints(const HttpHeaders& headers, const RateLimit& limit,
                                   system_clock::time_point calendar_now) {
    std::vector<LimitHint> hints;
    for (const ReportedLimit& report : reported_limits(headers, calendar_now)) {
        const seconds until = std::min(report.reset.value_or(limit.window), limit.window);
        if (is_about(report, limit)) {
            hints.push_back({static_cast<std::size_t>(report.remaining), until});
        } else if (report.remaining == 0 && report.reset) {
            hints.push_back({std::nullopt, until});
        }
    }
    return hints;
}

} // namespace fathom::detail
