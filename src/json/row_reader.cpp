#include "row_reader.hpp"

#include <algorithm>
#include <span>
#include <tuple>
#include <utility>

#include "../reports/metrics.hpp"
#include "../text/plain_text.hpp"
#include "error_reader.hpp"
#include "find_in_turn.hpp"
#include "json.hpp"
#include "reader.hpp"
#include "reading.hpp"
#include "repair.hpp"

namespace fathom::detail::json {

namespace {

template <class Row, class Value>
bool set_metric(Row& row, Value metric, const Scalar& scalar) {
    bool is_read = false;
    visit_metric(row, metric, [&](auto& member) { is_read = read(scalar, member); });
    return is_read;
}

constexpr std::string_view rows_key = "data";
constexpr std::size_t most_others_of_answers = 16;

/// How many rows a body holds, or more. Each row ends with a brace; texts with braces only make the guess too large.
std::size_t most_rows(std::string_view body) {
    constexpr std::size_t shortest_row = 12;
    std::size_t braces = 0;
    for (auto at = body.find('}'); at != std::string_view::npos; at = body.find('}', at + 1)) ++braces;
    return std::min(braces, body.size() / shortest_row);
}

} // namespace

template <class Metric>
RowReader<Metric>::RowReader(const ReportQuery<Metric>& query, DriftLog& drift, BodyState state,
                             std::size_t most_others)
    : most_others_(most_others), drift_(&drift), state_(state) {
    using Kind = typename Column::Kind;
    for (const std::string_view name : {"date", "timestamp"}) columns_.push_back({std::string(name), Kind::time});
    for (const Metric& metric : query.aggregates) {
        if (metric.is_known()) columns_.push_back({std::string(metric.text()), Kind::metric, metric});
    }
    const std::vector<fathom::Field>& groups = query.field_grouping.fields();
    for (std::size_t i = 0; i < groups.size(); ++i) {
        columns_.push_back({std::string(groups[i].text()), Kind::group, Metric::unrecognized, i});
    }
    next_column_ = columns_.data();
    if (!groups.empty()) texts_ = std::make_shared<GroupedText>(groups);
}

template <class Metric>
Result<std::vector<typename RowReader<Metric>::Row>> RowReader<Metric>::parse(std::string_view body) {
    const std::size_t rows = most_rows(body);
    rows_.reserve(rows);
    if (texts_) texts_->reserve(rows);
    const Parsed parsed = json::parse(body, *this);
    if (parsed.is_whole) return std::move(rows_);
    return error_ ? *std::move(error_) : broken_json(body, parsed.position);
}

template <class Metric>
bool RowReader<Metric>::start_object() {
    if (skipped_depth_ > 0) return ++skipped_depth_, true;
    switch (level_) {
    case Level::start:
        level_ = Level::envelope;
        is_enveloped_ = true;
        return true;
    case Level::envelope:
        if (is_data_next_) return note(unexpected_list), begin_rows(), true;
        if (is_row_next_) return are_in_envelope_ = true, begin_row(), true;
        break;
    case Level::rows: return begin_row(), true;
    case Level::row:
        if (current_->is_known()) note("an object");
        break;
    case Level::end: break;
    }
    ++skipped_depth_;
    return true;
}

template <class Metric>
bool RowReader<Metric>::key(std::string_view name) {
    if (skipped_depth_ > 0) return true;
    if (level_ == Level::row) {
        current_ = &column_named(name);
    } else if (level_ == Level::envelope) {
        is_envelope_empty_ = false;
        is_data_next_ = name == rows_key;
        is_row_next_ = is_place_in_list(name);
        if (names_an_error(name)) names_an_error_ = true;
    }
    return true;
}

template <class Metric>
bool RowReader<Metric>::end_object() {
    if (skipped_depth_ > 0) return --skipped_depth_, true;
    if (level_ == Level::row) {
        level_ = are_in_envelope_ ? Level::envelope : Level::rows;
    } else if (level_ == Level::rows) {
        level_ = Level::envelope;
    } else {
        const bool is_list = are_in_envelope_ || is_envelope_empty_;
        if (!has_data_ && !is_list) return fail("no member 'data'", "has no member 'data' with the rows");
        level_ = Level::end;
        if (!has_data_) note(unexpected_list);
    }
    return true;
}

template <class Metric>
bool RowReader<Metric>::start_array() {
    if (skipped_depth_ > 0) return ++skipped_depth_, true;
    const bool holds_rows = level_ == Level::start || (level_ == Level::envelope && is_data_next_);
    if (holds_rows) return begin_rows(), true;
    if (level_ == Level::rows) return fail("an array", "is an array, but rows are objects");
    if (level_ == Level::row && current_->is_known()) note("an array");
    ++skipped_depth_;
    return true;
}

template <class Metric>
bool RowReader<Metric>::end_array() {
    if (skipped_depth_ > 0) return --skipped_depth_, true;
    level_ = is_enveloped_ ? Level::envelope : Level::end;
    return true;
}

template <class Metric>
void RowReader<Metric>::begin_rows() {
    level_ = Level::rows;
    has_data_ = true;
    are_in_envelope_ = false;
    rows_.clear();
}

template <class Metric>
void RowReader<Metric>::begin_row() {
    level_ = Level::row;
    current_ = &unknown_;
    Row& row = rows_.emplace_back();
    if (texts_) row.fields = GroupedText::fields_of(texts_, texts_->add_row());
}

template <class Metric>
bool RowReader<Metric>::scalar(const Scalar& scalar) {
    if (skipped_depth_ > 0) return true;
    if (level_ == Level::row) {
        if (!set(scalar)) note(describe(scalar));
        if (state_ == BodyState::repaired && tells_of_repair(scalar)) note(replaced_characters);
        return true;
    }
    const bool belongs_there = level_ == Level::envelope && !is_data_next_;
    if (belongs_there) return true;
    const std::string found = describe(scalar);
    return fail(found, "is " + found + ", but rows belong there");
}

template <class Metric>
bool RowReader<Metric>::set(const Scalar& scalar) {
    Row& row = rows_.back();
    switch (current_->kind) {
    case Column::Kind::unknown: return keep_unknown(scalar), true;
    case Column::Kind::time: return set_time(row, scalar);
    case Column::Kind::metric: return set_metric(row, current_->metric, scalar);
    case Column::Kind::group: return set_text(scalar);
    case Column::Kind::other: break;
    }
    std::ignore = set_text(scalar);
    return true;
}

template <class Metric>
bool RowReader<Metric>::set_text(const Scalar& scalar) {
    if (scalar.kind == Scalar::Kind::null) return true;
    if (scalar.kind == Scalar::Kind::text) return texts_->set(current_->text, scalar.text), true;
    std::string text;
    if (!read(scalar, text)) return false;
    texts_->set(current_->text, text);
    return true;
}

/// Makes a member that is not known a column of its own, so that it can be read by its name.
template <class Metric>
void RowReader<Metric>::keep_unknown(const Scalar& scalar) {
    if (scalar.kind == Scalar::Kind::null || others_ == most_others_) return;
    ++others_;
    use_texts();
    const std::size_t text = texts_->add_column(fathom::Field(unknown_.name));
    columns_.push_back({unknown_.name, Column::Kind::other, Metric::unrecognized, text});
    next_column_ = columns_.data();
    current_ = &columns_.back();
    std::ignore = set_text(scalar);
}

/// Gives the rows texts, where the report has no grouped fields and so had none.
template <class Metric>
void RowReader<Metric>::use_texts() {
    if (texts_) return;
    texts_ = std::make_shared<GroupedText>(std::vector<fathom::Field>());
    for (Row& row : rows_) row.fields = GroupedText::fields_of(texts_, texts_->add_row());
}

template <class Metric>
bool RowReader<Metric>::set_time(Row& row, const Scalar& scalar) {
    const bool is_text = scalar.kind == Scalar::Kind::text;
    if (is_text && last_time_ && scalar.text == last_time_text_) {
        row.time = last_time_;
        return true;
    }
    std::optional<std::chrono::local_seconds> time;
    if (!read(scalar, time)) return false;
    if (!time) return true; // null, where another member may have said it
    row.time = time;
    if (is_text) {
        last_time_text_ = scalar.text;
        last_time_ = time;
    }
    return true;
}

template <class Metric>
const typename RowReader<Metric>::Column& RowReader<Metric>::column_named(std::string_view name) {
    if (const Column* known = find_in_turn(std::span<const Column>(columns_), next_column_, name)) return *known;
    unknown_.name = name;
    return unknown_;
}

template <class Metric>
void RowReader<Metric>::note(std::string_view what) {
    const bool is_about_unknown = level_ == Level::row && current_->kind == Column::Kind::unknown;
    if (!is_about_unknown && drift_->has_room()) drift_->add(path(), std::string(what));
}

template <class Metric>
bool RowReader<Metric>::fail(std::string_view found, std::string_view sentence) {
    std::string where = path();
    error_ = wrong_value(where, sentence);
    drift_->add_last(std::move(where), std::string(found));
    return false;
}

template <class Metric>
std::string RowReader<Metric>::path() const {
    const bool is_in_data = is_enveloped_ && !are_in_envelope_ && (has_data_ || is_data_next_);
    std::string path = is_in_data ? std::string(rows_key) : "";
    if (level_ == Level::rows) path.append("[").append(std::to_string(rows_.size())).append("]");
    if (level_ == Level::row) {
        path.append("[").append(std::to_string(rows_.size() - 1)).append("]");
        if (current_) path.append(".").append(shortened(current_->name)); // which the server may have chosen
    }
    return path;
}

namespace {

template <class Metric>
using Rows = std::vector<typename Report<Metric>::Row>;

template <class Metric>
Result<Rows<Metric>> read_rows(std::string_view body, const ReportQuery<Metric>& query, DriftLog& drift,
                               std::size_t most_others, Writer writer) {
    return read_body<Rows<Metric>>(body, drift, writer, [&](std::string_view text, DriftLog& found, BodyState state) {
        RowReader<Metric> reader(query, found, state, most_others);
        Result<Rows<Metric>> rows = reader.parse(text);
        return Reading<Rows<Metric>>{std::move(rows), reader.may_be_refusal()};
    });
}

} // namespace

template <class Metric>
Result<std::vector<typename Report<Metric>::Row>> decode_rows(std::string_view body, const ReportQuery<Metric>& query,
                                                              DriftLog& drift) {
    return read_rows<Metric>(body, query, drift, most_others_of_answers, Writer::service);
}

template <class Metric>
Result<typename Report<Metric>::Row> decode_row(std::string_view row, const ReportQuery<Metric>& query,
                                                DriftLog& drift) {
    std::string list = "[";
    list.append(without_byte_order_mark(row)).append("]");
    auto rows = read_rows<Metric>(list, query, drift, list.size(), Writer::program);
    if (!rows) return std::move(rows).error();
    if (rows->size() == 1) return std::move(rows->front());
    return wrong_value("", "is not one row");
}

template Result<std::vector<PageviewRow>> decode_rows(std::string_view body, const PageviewQuery& query,
                                                      DriftLog& drift);
template Result<std::vector<EventRow>> decode_rows(std::string_view body, const EventQuery& query, DriftLog& drift);
template Result<PageviewRow> decode_row(std::string_view row, const PageviewQuery& query, DriftLog& drift);
template Result<EventRow> decode_row(std::string_view row, const EventQuery& query, DriftLog& drift);

} // namespace fathom::detail::json
