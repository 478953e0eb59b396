#include <fathom/report.hpp>

#include <algorithm>

#include "grouped_text.hpp"

namespace fathom::inline v0_2 {

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

std::vector<Field> RowFields::names() const {
    std::vector<Field> names;
    if (!texts_) return names;
    std::ranges::copy_if(texts_->fields(), std::back_inserter(names),
                         [&](const Field& field) { return find(field).has_value(); });
    return names;
}

bool operator==(const RowFields& a, const RowFields& b) noexcept {
    const auto has_all_of = [](const RowFields& fields, const RowFields& others) {
        return !others.texts_ || std::ranges::all_of(others.texts_->fields(), [&](const Field& field) {
            return fields.find(field) == others.find(field);
        });
    };
    return has_all_of(a, b) && has_all_of(b, a);
}

} // namespace fathom::inline v0_2
