/// @file
/// Reads the rows of a report: their keys are not known before the query is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fathom/error.hpp>
#include <fathom/report.hpp>

#include "../reports/grouped_text.hpp"
#include "scalar.hpp"
#include "token_text.hpp"

namespace fathom::detail::json {

/// A handler of nlohmann's SAX events that fills rows. The rows come as a bare array, or as `data` of an object.
template <class Metric>
class RowReader {
public:
    using Row = typename Report<Metric>::Row;

    /// @param expected_rows to make room for
    RowReader(const ReportQuery<Metric>& query, std::size_t expected_rows);

    [[nodiscard]] const std::optional<Error>& error() const noexcept { return error_; }
    [[nodiscard]] std::size_t failed_at() const noexcept { return failed_at_; }
    [[nodiscard]] std::vector<Row> rows() && { return std::move(rows_); }

    bool null() { return scalar({}); }
    bool boolean(bool value) { return scalar({.kind = Scalar::Kind::boolean, .boolean = value}); }
    bool number_integer(std::int64_t value) { return scalar({.kind = Scalar::Kind::integer, .integer = value}); }
    bool number_unsigned(std::uint64_t value) { return number_integer(static_cast<std::int64_t>(value)); }
    bool number_float(double, const TokenText& digits) {
        return scalar({.kind = Scalar::Kind::number, .text = digits.view()});
    }
    bool string(TokenText& value) { return scalar({.kind = Scalar::Kind::text, .text = value.view()}); }
    bool binary(Parser::binary_t&) { return false; }
    bool start_object(std::size_t size);
    bool key(TokenText& name);
    bool end_object();
    bool start_array(std::size_t size);
    bool end_array();
    bool parse_error(std::size_t position, const std::string& token, const Parser::exception& failure);

private:
    /// Where in the answer the parser is.
    enum class Level : std::uint8_t { start, envelope, rows, row, end };

    /// What a key of a row stands for.
    struct Column {
        enum class Kind : std::uint8_t { unknown, time, metric, group };
        std::string name;
        Kind kind = Kind::unknown;
        Metric metric{};       ///< Of a metric.
        std::size_t group = 0; ///< Of a group: its column.
    };

    bool scalar(const Scalar& scalar);
    bool set(const Scalar& scalar);
    bool fail(std::string_view what);
    [[nodiscard]] const Column& column_named(std::string_view name);

    std::vector<Column> columns_{};
    std::size_t next_column_ = 0; ///< Rows repeat their keys in the same order, so the next one is a good guess.
    Column unknown_{};
    const Column* current_ = nullptr;

    std::shared_ptr<GroupedText> texts_{};
    std::vector<Row> rows_{};
    Level level_ = Level::start;
    bool is_enveloped_ = false;
    bool has_data_ = false;
    bool is_data_next_ = false;
    std::size_t skipped_depth_ = 0;
    std::size_t failed_at_ = 0;
    std::optional<Error> error_{};
};

} // namespace fathom::detail::json
