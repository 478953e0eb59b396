#include <fathom/report.hpp>

#include "grouped_text.hpp"

namespace fathom {

RowFields::RowFields(std::initializer_list<std::pair<Field, std::string>> values) {
    std::vector<Field> fields;
    for (const auto& [field, text] : values) fields.push_back(field);
    const auto texts = std::make_shared<detail::GroupedText>(std::move(fields));
    row_ = texts->add_row();
    std::size_t column = 0;
    for (const auto& [field, text] : values) texts->set(column++, text);
    texts_ = texts;
}

std::string_view RowFields::operator[](const Field& field) const noexcept { return find(field).value_or(""); }

std::optional<std::string_view> RowFields::find(const Field& field) const noexcept {
    if (!texts_) return std::nullopt;
    const std::optional<std::size_t> column = texts_->column_of(field);
    return column ? texts_->at(row_, *column) : std::nullopt;
}

} // namespace fathom
