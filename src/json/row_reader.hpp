/// @file
/// Reads the rows of a report: their keys are not known before the query is.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fathom/error.hpp>
#include <fathom/report.hpp>
#include <fathom/report_query.hpp>
#include <fathom/result.hpp>

#include "../core/drift.hpp"
#include "../reports/grouped_text.hpp"
#include "body_state.hpp"
#include "parse.hpp"

namespace fathom::detail::json {

/// Fills rows. They come as a bare array, or as `data` of an object; or as an object in the place of the array, whose
/// members are the rows. A value that cannot be read is passed over and noted.
template <class Metric>
class RowReader final : public Events {
public:
    using Row = typename Report<Metric>::Row;

    /// @param most_others how many members are kept although they are not known: each is a column of all rows
    RowReader(const ReportQuery<Metric>& query, DriftLog& drift, BodyState state, std::size_t most_others);

    /// Reads a body, once.
    [[nodiscard]] Result<std::vector<Row>> parse(std::string_view body);
    /// Whether the body has a member that may tell of a failure.
    [[nodiscard]] bool may_be_refusal() const noexcept { return names_an_error_; }

    bool scalar(const Scalar& scalar) override;
    bool start_object() override;
    bool key(std::string_view name) override;
    bool end_object() override;
    bool start_array() override;
    bool end_array() override;

private:
    /// Where in the answer the parser is.
    enum class Level : std::uint8_t { start, envelope, rows, row, end };

    /// What a key of a row stands for.
    struct Column {
        /// `other`: not known, but kept as text.
        enum class Kind : std::uint8_t { unknown, time, metric, group, other };
        std::string name;
        Kind kind = Kind::unknown;
        typename Metric::Value metric = Metric::unrecognized; ///< Of a metric.
        std::size_t text = 0;                                 ///< Of a group or another member: its column of texts.

        /// Whether this has to hold what it promises.
        [[nodiscard]] bool is_known() const noexcept { return kind != Kind::unknown && kind != Kind::other; }
    };

    bool set(const Scalar& scalar);
    bool set_time(Row& row, const Scalar& scalar);
    void begin_rows();
    void begin_row();
    void note(std::string_view what);
    bool set_text(const Scalar& scalar);
    void keep_unknown(const Scalar& scalar);
    void use_texts();
    bool fail(std::string_view found, std::string_view sentence);
    [[nodiscard]] std::string path() const;
    [[nodiscard]] const Column& column_named(std::string_view name);

    std::vector<Column> columns_{};
    const Column* next_column_ = nullptr; ///< Rows repeat their keys in the same order, so this is a good guess.
    Column unknown_{};
    const Column* current_ = nullptr;

    std::shared_ptr<GroupedText> texts_{};
    std::size_t most_others_;
    std::size_t others_ = 0;       ///< How many columns are `other`.
    std::string last_time_text_{}; ///< Rows of one bucket mostly follow each other.
    std::optional<std::chrono::local_seconds> last_time_{};
    std::vector<Row> rows_{};
    DriftLog* drift_;
    BodyState state_;
    Level level_ = Level::start;
    bool is_enveloped_ = false;
    bool is_envelope_empty_ = true;
    bool has_data_ = false;
    bool is_data_next_ = false;
    bool is_row_next_ = false;     ///< In an envelope whose members are the rows.
    bool are_in_envelope_ = false; ///< The rows are members of the envelope.
    bool names_an_error_ = false;
    std::size_t skipped_depth_ = 0;
    std::optional<Error> error_{};
};

} // namespace fathom::detail::json
