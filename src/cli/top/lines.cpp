#include "lines.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "../columns.hpp"
#include "hour_chart.hpp"
#include "phrases.hpp"

namespace fathom::cli {

namespace {

constexpr std::size_t gap = 2;             // between lists
constexpr std::size_t narrowest_list = 20; // where they stand side by side
constexpr std::size_t narrowest_name = 8;  // of a site, beside what last week was
constexpr std::size_t lowest_chart = 3;    // a lower one shows nothing
constexpr std::size_t highest_chart = 16;
constexpr std::size_t lines_around_lists = 3; // a blank one, the headings, and one entry at least

/// Where there is no room for all, the name is cut and last week left out; a figure never is.
Line heading_of(const Panels& panels, std::size_t columns) {
    const std::string title = title_of(panels.site);
    const std::string visitors = counted(panels.visitors_now, "visitor") + " now";
    std::string visits = comparison_of(panels);
    const auto room = [&] { return columns - std::min(columns, width_of(visitors) + width_of(visits) + 2 * gap); };
    if (room() < std::min(width_of(title), narrowest_name)) {
        visits = counted(visits_today(panels), "visit") + " today";
    }
    const std::string name = cut(title, room());
    const std::size_t behind_name = name.empty() ? 0 : width_of(name) + gap;
    return {{0, name, Style::strong},
            {behind_name, visitors, Style::strong},
            {behind_name + width_of(visitors) + gap, visits, Style::plain}};
}

/// One of the lists, in columns of its own.
struct List {
    std::string heading;
    std::string nameless;
    const std::vector<PanelEntry>& entries;
};

std::vector<Line> lines_of(const List& list, std::size_t column, std::size_t width, std::size_t most) {
    std::vector<Line> lines{{{column, cut(list.heading, width), Style::strong}}};
    for (const PanelEntry& entry : list.entries) {
        if (lines.size() > most) break;
        const std::string count = std::to_string(entry.count);
        const std::size_t left = width - std::min(width, count.size() + 1);
        const std::string name = entry.name.empty() ? list.nameless : in_one_line(entry.name);
        lines.push_back(
            {{column, aligned(cut(name, left), left, Alignment::left)}, {column + left, ' ' + count, Style::plain}});
    }
    return lines;
}

std::vector<Line> lists_of(const Panels& panels, const ScreenSize& size) {
    const List lists[] = {{"Pages by views", "(none)", panels.pages},
                          {"Referrers by visits", direct_visits, panels.referrers},
                          {"Countries by visits", "(unknown)", panels.countries}};
    const std::size_t side = (size.columns - std::min(size.columns, 2 * gap)) / std::size(lists);
    const bool is_wide = side >= narrowest_list;
    const std::size_t room = is_wide ? size.lines : size.lines / std::size(lists);
    std::vector<Line> lines;
    for (std::size_t i = 0; room > 1 && i < std::size(lists); ++i) {
        const std::size_t top = is_wide ? 0 : lines.size();
        const auto added = lines_of(lists[i], is_wide ? i * (side + gap) : 0, is_wide ? side : size.columns, room - 1);
        if (lines.size() < top + added.size()) lines.resize(top + added.size());
        for (std::size_t j = 0; j < added.size(); ++j) {
            lines[top + j].insert(lines[top + j].end(), added[j].begin(), added[j].end());
        }
    }
    return lines;
}

/// Lines that the bars get: a third of the terminal.
std::size_t chart_lines(const ScreenSize& size, std::size_t used) {
    constexpr std::size_t around = 2; // its heading, and the hours
    if (size.columns < narrowest_chart || size.lines < used + around + lowest_chart + lines_around_lists) return 0;
    return std::clamp(size.lines / 3, lowest_chart, highest_chart);
}

void append(std::vector<Line>& lines, std::vector<Line> more) {
    lines.insert(lines.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

} // namespace

std::vector<Line> lines_of(const Panels& panels, const ScreenSize& size, Glyphs glyphs) {
    std::vector<Line> lines{heading_of(panels, size.columns), {}};
    if (const std::size_t height = chart_lines(size, lines.size()); height > 0) {
        const std::string today = glyphs == Glyphs::blocks ? "█" : "#";
        const std::string before = glyphs == Glyphs::blocks ? "░" : ":";
        lines.push_back({{0, "Visits by hour", Style::strong},
                         {16, today, Style::bar},
                         {18, "today"},
                         {25, before, Style::bar_before},
                         {27, "a week ago; the highest is " + std::to_string(highest_bar(panels))}});
        append(lines, hour_chart(panels, {.lines = height, .columns = size.columns}, glyphs));
        lines.emplace_back();
    }
    const std::size_t left = size.lines - std::min(size.lines, lines.size());
    append(lines, lists_of(panels, {.lines = left, .columns = size.columns}));
    lines.resize(std::min(lines.size(), size.lines));
    return lines;
}

std::string text_of(const std::vector<Line>& lines) {
    std::string text;
    for (const Line& line : lines) {
        std::string drawn;
        for (const Span& span : line) drawn = aligned(drawn, span.column, Alignment::left) + span.text;
        drawn.erase(drawn.find_last_not_of(' ') + 1);
        text += drawn + '\n';
    }
    return text;
}

} // namespace fathom::cli
