/// @file
/// The texts of a report's grouped fields, shared by its rows.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <fathom/fields.hpp>
#include <fathom/report.hpp>

#include "text_pool.hpp"

namespace fathom::detail {

/// A table of texts, one row for each row of the report and one column for each grouped field, and for each member that is
/// not known. Each different text is kept once: reports repeat the same few countries and paths over and over.
class GroupedText {
public:
    explicit GroupedText(std::vector<Field> fields) : fields_(std::move(fields)) {}

    /// Makes room for so many rows.
    void reserve(std::size_t rows) { cells_.reserve(rows * fields_.size()); }
    /// Begins a row in which all texts are null. @return its number
    std::size_t add_row();
    /// Sets a text of the last row.
    void set(std::size_t column, std::string_view text);
    /// Adds a column, which is null in all rows so far. @return its number
    std::size_t add_column(Field field);

    /// The field of each column.
    [[nodiscard]] const std::vector<Field>& fields() const noexcept { return fields_; }
    /// The column of a field; nothing where it is not grouped by.
    [[nodiscard]] std::optional<std::size_t> column_of(const Field& field) const noexcept;
    /// A text; nothing for null.
    [[nodiscard]] std::optional<std::string_view> at(std::size_t row, std::size_t column) const noexcept;

    /// A row as the report's row has it.
    [[nodiscard]] static RowFields fields_of(std::shared_ptr<const GroupedText> texts, std::size_t row) noexcept {
        return {std::move(texts), row};
    }

private:
    using Index = TextPool::Index;
    static constexpr Index null = TextPool::none;

    std::vector<Field> fields_;
    TextPool texts_{};
    std::vector<Index> cells_{}; // row by row
    std::size_t rows_ = 0;
};

} // namespace fathom::detail
