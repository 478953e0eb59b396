#include "grouped_text.hpp"

#include <algorithm>

namespace fathom::detail {

std::size_t GroupedText::add_row() {
    const std::size_t row = cells_.size() / std::max<std::size_t>(fields_.size(), 1);
    cells_.resize(cells_.size() + fields_.size(), null);
    return row;
}

void GroupedText::set(std::size_t column, std::string_view text) {
    cells_[cells_.size() - fields_.size() + column] = index_of(text);
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

GroupedText::Index GroupedText::index_of(std::string_view text) {
    if (const auto known = index_.find(text); known != index_.end()) return known->second;
    const auto index = static_cast<Index>(texts_.size());
    texts_.emplace_back(text);
    index_.emplace(texts_.back(), index);
    return index;
}

} // namespace fathom::detail
