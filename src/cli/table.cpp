#include "table.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <string_view>
#include <utility>

#include "columns.hpp"

namespace fathom::cli {

namespace {

constexpr std::size_t gap = 2;            // between columns
constexpr std::size_t narrowest_text = 8; // what is cut keeps so much
constexpr std::size_t widest_bar = 30;
constexpr std::size_t narrowest_bar = 6;

using Content = Table::Content;

std::vector<std::size_t> natural_widths(const Table& table) {
    std::vector<std::size_t> widths;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        std::size_t width = width_of(table.columns[i].heading);
        for (const auto& row : table.rows) width = std::max(width, width_of(row[i]));
        widths.push_back(width);
    }
    return widths;
}

std::size_t sum_of(const std::vector<std::size_t>& widths) {
    return std::accumulate(widths.begin(), widths.end(), gap * (widths.empty() ? 0 : widths.size() - 1));
}

/// Takes from the widest column of texts, one after the other, until all fit.
std::vector<std::size_t> fitted(std::vector<std::size_t> widths, const Table& table, std::size_t most) {
    while (sum_of(widths) > most) {
        std::size_t widest = widths.size();
        for (std::size_t i = 0; i < widths.size(); ++i) {
            if (table.columns[i].content != Content::text || widths[i] <= narrowest_text) continue;
            if (widest == widths.size() || widths[i] > widths[widest]) widest = i;
        }
        if (widest == widths.size()) break; // as narrow as it gets
        --widths[widest];
    }
    return widths;
}

std::vector<std::size_t> narrowest_widths(const Table& table) {
    std::vector<std::size_t> widths = natural_widths(table);
    for (std::size_t i = 0; i < widths.size(); ++i) {
        if (table.columns[i].content == Content::text) widths[i] = std::min(widths[i], narrowest_text);
    }
    return widths;
}

void leave_out(Table& table, std::size_t column) {
    const auto offset = static_cast<std::ptrdiff_t>(column);
    table.columns.erase(table.columns.begin() + offset);
    for (auto& row : table.rows) row.erase(row.begin() + offset);
}

Table with_room(Table table, std::size_t most) {
    std::vector<std::size_t> widths = narrowest_widths(table);
    for (std::size_t i = table.columns.size(); i-- > 1 && sum_of(widths) > most;) {
        if (table.columns[i].content != Content::time) continue;
        leave_out(table, i);
        widths.erase(widths.begin() + static_cast<std::ptrdiff_t>(i));
    }
    return table;
}

/// In eighths of a column.
std::string bar(double share, std::size_t width) {
    static constexpr std::string_view parts[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    const auto eighths =
        static_cast<std::size_t>(std::lround(std::clamp(share, 0.0, 1.0) * static_cast<double>(width) * 8));
    std::string text;
    for (std::size_t i = 0; i < eighths / 8; ++i) text += "█";
    return text += parts[eighths % 8];
}

std::string without_trailing_spaces(std::string line) {
    line.erase(line.find_last_not_of(' ') + 1);
    return line;
}

class Drawer {
public:
    Drawer(Table table, const Drawing& drawing)
        : table_(std::move(table)), drawing_(drawing), widths_(fitted(natural_widths(table_), table_, drawing.width)) {
        const std::size_t taken = sum_of(widths_) + gap;
        const bool has_room = !table_.bars.empty() && drawing.width >= taken + narrowest_bar;
        bar_width_ = has_room ? std::min(widest_bar, drawing.width - taken) : 0;
        if (has_room) largest_ = *std::ranges::max_element(table_.bars);
    }

    std::string draw() const {
        std::string text = headings();
        for (std::size_t i = 0; i < table_.rows.size(); ++i) text += row(i) + '\n';
        return text;
    }

private:
    std::string headings() const {
        std::vector<std::string> names;
        names.reserve(table_.columns.size());
        for (const Table::Column& column : table_.columns) names.push_back(column.heading);
        const std::string text = without_trailing_spaces(line(names));
        if (text.empty()) return {};
        return (drawing_.has_colour ? "\033[1m" + text + "\033[0m" : text) + '\n';
    }

    std::string row(std::size_t index) const {
        std::string text = line(table_.rows[index]);
        if (bar_width_ == 0 || largest_ <= 0) return without_trailing_spaces(std::move(text));
        const std::string length = bar(table_.bars[index] / largest_, bar_width_);
        if (length.empty()) return without_trailing_spaces(std::move(text));
        text.append(gap, ' ');
        return text + (drawing_.has_colour ? "\033[36m" + length + "\033[0m" : length);
    }

    std::string line(const std::vector<std::string>& cells) const {
        std::string text;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (i > 0) text.append(gap, ' ');
            text += aligned(cut(cells[i], widths_[i]), widths_[i],
                            table_.columns[i].content == Content::number ? Alignment::right : Alignment::left);
        }
        return text;
    }

    Table table_;
    Drawing drawing_;
    std::vector<std::size_t> widths_;
    std::size_t bar_width_ = 0;
    double largest_ = 0;
};

} // namespace

std::string drawn(const Table& table, const Drawing& drawing) {
    return Drawer(drawing.has_all_columns ? table : with_room(table, drawing.width), drawing).draw();
}

} // namespace fathom::cli
