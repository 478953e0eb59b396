#include "chart.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>
#include <string_view>

#include "text.hpp"

namespace demo {

namespace {

constexpr int chart_lines = 8;
constexpr int parts_per_line = 8;
constexpr std::array<std::string_view, parts_per_line + 1> blocks{" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};

/// How full a line of a bar is, in parts.
int filled_parts(const Bar& bar, std::int64_t largest, int line) {
    if (largest <= 0) return 0;
    const auto height = static_cast<int>(bar.value * chart_lines * parts_per_line / largest);
    return std::clamp(height - line * parts_per_line, 0, parts_per_line);
}

std::string_view piece(int parts, Ink ink) {
    if (ink == Ink::blocks) return blocks.at(static_cast<std::size_t>(parts));
    return 2 * parts >= parts_per_line ? "#" : " ";
}

bool holds(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

std::string_view variable(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
}

} // namespace

Ink terminal_ink() {
    for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) { // the first one that is set counts
        const std::string_view locale = variable(name);
        if (locale.empty()) continue;
        return holds(locale, "UTF-8") || holds(locale, "utf8") ? Ink::blocks : Ink::ascii;
    }
    return Ink::ascii;
}

void draw(std::ostream& out, const std::vector<Bar>& bars, Ink ink) {
    if (bars.empty()) return;
    const std::int64_t largest = std::ranges::max(bars, {}, &Bar::value).value;
    const std::string top = std::to_string(largest);
    for (int line = chart_lines - 1; line >= 0; --line) {
        const std::string tick = line == chart_lines - 1 ? top : line == 0 ? "0" : "";
        out << "  " << std::string(top.size() - tick.size(), ' ') << tick << " |";
        for (const Bar& bar : bars) {
            const std::string_view block = piece(filled_parts(bar, largest, line), ink);
            out << block << block << ' ';
        }
        out << '\n';
    }
    const std::size_t width = 3 * bars.size();
    const std::string margin(top.size() + 3, ' ');
    out << margin << '+' << std::string(width, '-') << '\n';

    const std::string& first = bars.front().label;
    const std::string& last = bars.back().label;
    const std::size_t labels = length(first) + length(last);
    out << margin << ' ' << first;
    if (bars.size() > 1 && labels < width) out << std::string(width - labels, ' ') << last;
    out << '\n';
}

} // namespace demo
