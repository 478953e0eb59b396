#include "limit_headers.hpp"

#include <algorithm>
#include <string>
#include <string_view>

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

std::vector<Item> items_of(std::string_view list) {
    std::vector<Item> items;
    while (!list.empty()) {
        std::string_view rest = take_list_item(list);
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

/// `RateLimit: "default";r=50;t=30` with `RateLimit-Policy: "default";q=100;w=60`.
void add_structured(const HttpHeaders& headers, std::vector<ReportedLimit>& reports) {
    const std::vector<Item> policies = items_of(headers.find("RateLimit-Policy").value_or(""));
    for (const Item& item : items_of(headers.find("RateLimit").value_or(""))) {
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

/// `RateLimit: limit=100, remaining=50, reset=5`, an older draft.
void add_combined(const HttpHeaders& headers, std::vector<ReportedLimit>& reports) {
    std::optional<std::int64_t> limit;
    std::optional<std::int64_t> remaining;
    std::optional<std::int64_t> reset;
    for (const Item& item : items_of(headers.find("RateLimit").value_or(""))) {
        if (!item.name.empty()) continue;
        if (const auto value = item.number("limit")) limit = value;
        if (const auto value = item.number("remaining")) remaining = value;
        if (const auto value = item.number("reset")) reset = value;
    }
    if (remaining) reports.push_back({.requests = limit, .remaining = *remaining, .reset = to_seconds(reset)});
}

/// A family of three headers.
struct Names {
    std::string_view remaining;
    std::string_view limit;
    std::string_view reset;
};
constexpr Names standard_names{"RateLimit-Remaining", "RateLimit-Limit", "RateLimit-Reset"};
constexpr Names customary_names{"X-RateLimit-Remaining", "X-RateLimit-Limit", "X-RateLimit-Reset"};

/// A limit may be `100, 100;w=60`.
void add_separate(const HttpHeaders& headers, const Names& names, system_clock::time_point calendar_now,
                  std::vector<ReportedLimit>& reports) {
    const auto remaining = parse_count(trimmed(headers.find(names.remaining).value_or("")));
    if (!remaining) return;
    ReportedLimit report{.remaining = *remaining};
    for (const Item& item : items_of(headers.find(names.limit).value_or(""))) {
        if (!report.requests) report.requests = parse_count(item.name);
        if (const auto window = item.number("w")) report.window = seconds{*window};
    }
    report.reset = parse_seconds(trimmed(headers.find(names.reset).value_or("")));
    constexpr sys_seconds first_calendar_time{seconds{1'000'000'000}}; // a reset is a wait or a time, by its size
    if (report.reset && *report.reset >= first_calendar_time.time_since_epoch()) {
        report.reset = std::max(0s, sys_seconds{*report.reset} - server_time(headers, calendar_now));
    }
    reports.push_back(report);
}

bool is_about(const ReportedLimit& report, const RateLimit& limit) {
    return report.requests == static_cast<std::int64_t>(limit.requests) &&
           report.window.value_or(limit.window) == limit.window;
}

} // namespace

std::vector<ReportedLimit> reported_limits(const HttpHeaders& headers, system_clock::time_point calendar_now) {
    std::vector<ReportedLimit> reports;
    add_structured(headers, reports);
    add_combined(headers, reports);
    add_separate(headers, standard_names, calendar_now, reports);
    add_separate(headers, customary_names, calendar_now, reports);
    return reports;
}

std::optional<LimitHint> limit_hint(const HttpHeaders& headers, const RateLimit& limit,
                                    system_clock::time_point calendar_now) {
    std::optional<LimitHint> strictest;
    for (const ReportedLimit& report : reported_limits(headers, calendar_now)) {
        const bool is_ours = is_about(report, limit);
        const bool is_waited_for = report.remaining == 0 && report.reset;
        if (!is_ours && !is_waited_for) continue;
        const LimitHint hint{.remaining = static_cast<std::size_t>(report.remaining),
                             .until = std::min(report.reset.value_or(limit.window), limit.window)};
        if (!strictest || hint.remaining < strictest->remaining) strictest = hint;
    }
    return strictest;
}

} // namespace fathom::detail
