#include "phrases.hpp"

#include <cmath>

#include "../columns.hpp"

namespace fathom::cli {

std::string counted(std::int64_t count, const std::string& what) {
    return std::to_string(count) + ' ' + what + (count == 1 ? "" : "s");
}

std::string title_of(const Site& site) {
    return site.name.empty() ? site.id.str() : in_one_line(site.name) + " (" + site.id.str() + ')';
}

std::string comparison_of(const Panels& panels) {
    const std::int64_t today = visits_today(panels);
    const std::int64_t before = visits_last_week(panels);
    std::string text = counted(today, "visit") + " today, " + std::to_string(before) + " a week ago";
    if (before > 0) {
        const auto change = std::lround(100.0 * static_cast<double>(today - before) / static_cast<double>(before));
        text += std::string(change > 0 ? " (+" : " (") + std::to_string(change) + " %)";
    }
    return text;
}

} // namespace fathom::cli
