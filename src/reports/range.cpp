#include "range.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace fathom::detail {

using namespace std::chrono;

RangeEnds ends_of(const ReportRange& range) {
    if (const auto& instants = range.instants()) return {instants->from, instants->until - seconds{1}};
    const ReportRange::Days days = range.days().value();
    return {local_days{days.first}, local_seconds{local_days{days.last}} + hours{24} - seconds{1}};
}

bool is_utc(const std::optional<std::string>& timezone) noexcept {
    // The names that the IANA database gives to UTC, and to Greenwich without British Summer Time.
    static constexpr std::array<std::string_view, 14> names{
        "UTC",           "Etc/UTC", "UCT",           "Etc/UCT", "Zulu",      "Etc/Zulu",  "Universal",
        "Etc/Universal", "Etc/GMT", "Etc/Greenwich", "GMT",     "Etc/GMT+0", "Etc/GMT-0", "Greenwich",
    };
    return timezone && std::ranges::find(names, std::string_view(*timezone)) != names.end();
}

} // namespace fathom::detail
