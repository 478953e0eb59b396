#include "grouped_text.hpp"

#include <algorithm>

namespace fathom::detail {

std::size_t GroupedText::add_row() {
    const std::size_t row = cells_.size() / std::max<std::size_t>(fields_.size(), 1);
    cells_.resize(cells_.size() + fields_.size(), null);
    return row;
}

void GroupedText::set(std::size_t column, std::string_view text) {
    const std::size_t cell = cells_.size() - fields_.size() + column;
    const Index above = cell >= fields_.size() ? cells_[cell - fields_.size()] : null;
    cells_[cell] = texts_.index_of(text, above);
}

std::optional<std::size_t> GroupedText::column_of(const Field& field) const noexcept {
    const auto found = std::ranges::find(fields_, field);
    if (found == fields_.end()) return std::nullopt;
    return static_cast<std::size_t>(found - fields_.begin());
}

std::optional<std::string_view> GroupedText::at(std::size_t row, std::size_t column) const noexcept {
    const Index index = cells_[row * fields_.size() + column];
    if (index == null) return std::nullopt;
    return texts_[index];
}

} // namespace fathom::detail
