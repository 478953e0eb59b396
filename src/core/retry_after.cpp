#include "retry_after.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "header_lists.hpp"
#include "header_text.hpp"
#include "http_date.hpp"

namespace fathom::detail {

namespace {

using namespace std::chrono;

constexpr seconds longest_wait = days{1};

/// Keeps the longest of those that are at most a day; one above counts as a day where there is no other.
class LongestWait {
public:
    void add(seconds wait) {
        if (wait > longest_wait) {
            is_over_ = true;
        } else {
            longest_ = std::max({longest_.value_or(0s), wait, 0s});
        }
    }
    [[nodiscard]] std::optional<seconds> value() const {
        return longest_ || !is_over_ ? longest_ : std::optional(longest_wait);
    }

private:
    std::optional<seconds> longest_{};
    bool is_over_ = false;
};

} // namespace

sys_seconds server_time(const HttpHeaders& headers, system_clock::time_point calendar_now) {
    const auto own = floor<seconds>(calendar_now);
    return parse_http_date(trimmed(headers.find("Date").value_or("")), own).value_or(own);
}

std::optional<seconds> retry_after(const HttpHeaders& headers, system_clock::time_point calendar_now) {
    const std::string list = list_of(headers, "Retry-After");
    const sys_seconds now = server_time(headers, calendar_now);
    LongestWait waits;
    std::string_view rest = list;
    while (!rest.empty()) {
        const std::string_view item = take_list_item(rest);
        if (const auto count = parse_seconds(item)) {
            waits.add(wait_from(*count, now));
        } else if (const auto date = parse_http_date(item, now)) {
            waits.add(*date - now);
        } else { // two of the three dates hold a comma themselves
            std::string_view after = rest;
            const std::string_view second_half = take_list_item(after);
            if (item.empty() || second_half.empty()) continue; // a date has something on both sides of its comma
            const std::string_view both(
                item.data(), static_cast<std::size_t>(second_half.data() + second_half.size() - item.data()));
            if (const auto whole = parse_http_date(both, now)) {
                waits.add(*whole - now);
                rest = after;
            }
        }
    }
    return waits.value();
}

} // namespace fathom::detail
