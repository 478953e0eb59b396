#include "hour_chart.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace fathom::cli {

namespace {

constexpr std::size_t hours_of_day = 24;
constexpr std::size_t widest_slot = 9;
constexpr std::size_t labelled_hours = 3;

/// What a bar shows in one line of the chart, counted from its foot in eighths of a line.
std::string_view glyph(std::size_t eighths, Style style, Glyphs glyphs) {
    static constexpr std::string_view parts[] = {"", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    if (eighths == 0) return "";
    if (glyphs == Glyphs::ascii) return style == Style::bar ? "#" : ":";
    return style == Style::bar ? parts[eighths] : std::string_view("░");
}

/// Draws the bars of a chart; the highest reaches its top.
class Bars {
public:
    Bars(const Panels& panels, const ScreenSize& size, Glyphs glyphs)
        : panels_(panels), lines_(size.lines), glyphs_(glyphs), highest_(highest_bar(panels)),
          slot_(std::min(size.columns / hours_of_day, widest_slot)), width_(slot_ > 2 ? (slot_ - 1) / 2 : 1) {}

    /// @param line counted from the foot
    [[nodiscard]] Line line(std::size_t line) const {
        Line spans;
        for (std::size_t hour = 0; hour < panels_.hours.size(); ++hour) {
            add(spans, hour * slot_, line, panels_.hours[hour].today.value_or(0), Style::bar);
            add(spans, hour * slot_ + width_, line, panels_.hours[hour].last_week, Style::bar_before);
        }
        return spans;
    }

    [[nodiscard]] Line hours() const {
        Line spans;
        for (std::size_t hour = 0; hour < hours_of_day; hour += labelled_hours) {
            spans.push_back({hour * slot_, std::to_string(hour), Style::quiet});
        }
        return spans;
    }

private:
    void add(Line& spans, std::size_t column, std::size_t line, std::int64_t visits, Style style) const {
        std::string text;
        for (std::size_t i = 0; i < width_; ++i) text += glyph(eighths_of(visits, line), style, glyphs_);
        if (!text.empty()) spans.push_back({column, text, style});
    }

    /// A bar of any visits can be seen.
    [[nodiscard]] std::size_t eighths_of(std::int64_t visits, std::size_t line) const {
        if (visits <= 0) return 0;
        const double share = static_cast<double>(visits) / static_cast<double>(highest_);
        const auto height =
            std::max<std::size_t>(1, static_cast<std::size_t>(std::lround(share * static_cast<double>(lines_ * 8))));
        return height <= line * 8 ? 0 : std::min<std::size_t>(height - line * 8, 8);
    }

    const Panels& panels_;
    std::size_t lines_;
    Glyphs glyphs_;
    std::int64_t highest_;
    std::size_t slot_;  // columns for an hour: two bars, and a gap where there is room
    std::size_t width_; // columns for a bar
};

} // namespace

std::int64_t highest_bar(const Panels& panels) {
    std::int64_t highest = 0;
    for (const PanelHour& hour : panels.hours) highest = std::max({highest, hour.today.value_or(0), hour.last_week});
    return highest;
}

std::vector<Line> hour_chart(const Panels& panels, const ScreenSize& size, Glyphs glyphs) {
    const Bars bars(panels, size, glyphs);
    std::vector<Line> lines;
    lines.reserve(size.lines + 1);
    for (std::size_t i = size.lines; i > 0; --i) lines.push_back(bars.line(i - 1));
    lines.push_back(bars.hours());
    return lines;
}

} // namespace fathom::cli
