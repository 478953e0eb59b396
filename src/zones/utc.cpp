#include "utc.hpp"

#include <algorithm>
#include <array>

namespace fathom::detail {

bool is_utc(std::string_view zone) noexcept {
    // The names that the IANA database gives to UTC, and to Greenwich without British Summer Time.
    static constexpr std::array<std::string_view, 14> names{
        "UTC",           "Etc/UTC", "UCT",           "Etc/UCT", "Zulu",      "Etc/Zulu",  "Universal",
        "Etc/Universal", "Etc/GMT", "Etc/Greenwich", "GMT",     "Etc/GMT+0", "Etc/GMT-0", "Greenwich",
    };
    return std::ranges::find(names, zone) != names.end();
}

} // namespace fathom::detail
