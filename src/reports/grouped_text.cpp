#include "grouped_text.hpp"

#include <algorithm>

namespace fathom::detail {

std::size_t GroupedText::add_row() {
    cells_.resize(cells_.size() + fields_.size(), null);
    return rows_++;
}

std::size_t GroupedText::add_column(Field field) {
    const std::size_t columns = fields_.size();
    fields_.push_back(std::move(field));
    std::vector<Index> wider(rows_ * fields_.size(), null);
    for (std::size_t cell = 0; cell < cells_.size(); ++cell) {
        wider[cell / columns * fields_.size() + cell % columns] = cells_[cell];
    }
    cells_ = std::move(wider);
    return columns;
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
