#include "row_reader.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "find_in_turn.hpp"
#include "json.hpp"
#include "reader.hpp"

namespace fathom::detail::json {

namespace {

bool set_metric(PageviewRow& row, PageviewMetric metric, const Scalar& scalar) {
    switch (metric) {
    case PageviewMetric::visits: return read(scalar, row.visits);
    case PageviewMetric::uniques: return read(scalar, row.uniques);
    case PageviewMetric::pageviews: return read(scalar, row.pageviews);
    case PageviewMetric::avg_duration: return read(scalar, row.avg_duration);
    case PageviewMetric::bounce_rate: return read(scalar, row.bounce_rate);
    }
    return false;
}

bool set_metric(EventRow& row, EventMetric metric, const Scalar& scalar) {
    switch (metric) {
    case EventMetric::conversions: return read(scalar, row.conversions);
    case EventMetric::unique_conversions: return read(scalar, row.unique_conversions);
    case EventMetric::value: return read(scalar, row.value);
    }
    return false;
}

constexpr std::string_view rows_key = "data";

/// How many rows a body holds, or more. Each row ends with a brace; texts with braces only make the guess too large.
std::size_t most_rows(std::string_view body) {
    constexpr std::size_t shortest_row = 12;
    std::size_t braces = 0;
    for (auto at = body.find('}'); at != std::string_view::npos; at = body.find('}', at + 1)) ++braces;
    return std::min(braces, body.size() / shortest_row);
}

} // namespace

template <class Metric>
RowReader<Metric>::RowReader(const ReportQuery<Metric>& query) {
    using Kind = typename Column::Kind;
    for (const std::string_view name : {"date", "timestamp"}) columns_.push_back({std::string(name), Kind::time});
    for (const Metric metric : query.aggregates) {
        columns_.push_back({std::string(to_string(metric)), Kind::metric, metric});
    }
    const std::vector<fathom::Field>& groups = query.field_grouping.fields();
    for (std::size_t i = 0; i < groups.size(); ++i) {
        columns_.push_back({std::string(groups[i].text()), Kind::group, Metric{}, i});
    }
    next_column_ = columns_.data();
    if (!groups.empty()) texts_ = std::make_shared<GroupedText>(groups);
}

template <class Metric>
Result<std::vector<typename RowReader<Metric>::Row>> RowReader<Metric>::parse(std::string_view body) {
    const std::size_t rows = most_rows(body);
    rows_.reserve(rows);
    if (texts_) texts_->reserve(rows);
    if (Parser::sax_parse(body.data(), body.data() + body.size(), this)) return std::move(rows_);
    return error_ ? *std::move(error_) : broken_json(body, failed_at_);
}

template <class Metric>
bool RowReader<Metric>::start_object(std::size_t) {
    if (skipped_depth_ > 0) return ++skipped_depth_, true;
    if (level_ == Level::start) {
        level_ = Level::envelope;
        is_enveloped_ = true;
    } else if (level_ == Level::rows) {
        level_ = Level::row;
        Row& row = rows_.emplace_back();
        if (texts_) row.fields = RowFields(texts_, texts_->add_row());
    } else {
        if (level_ == Level::row && current_->kind != Column::Kind::unknown) return fail("is an object");
        if (level_ == Level::envelope && is_data_next_) return fail("is an object, but an array of rows belongs there");
        ++skipped_depth_;
    }
    return true;
}

template <class Metric>
bool RowReader<Metric>::key(TokenText& name) {
    if (skipped_depth_ > 0) return true;
    if (level_ == Level::envelope) {
        is_data_next_ = name.view() == rows_key;
    } else {
        current_ = &column_named(name.view());
    }
    return true;
}

template <class Metric>
bool RowReader<Metric>::end_object() {
    if (skipped_depth_ > 0) return --skipped_depth_, true;
    if (level_ == Level::envelope && !has_data_) return fail("has no member 'data' with the rows");
    level_ = level_ == Level::row ? Level::rows : Level::end;
    return true;
}

template <class Metric>
bool RowReader<Metric>::start_array(std::size_t) {
    if (skipped_depth_ > 0) return ++skipped_depth_, true;
    const bool holds_rows = level_ == Level::start || (level_ == Level::envelope && is_data_next_);
    if (holds_rows) {
        level_ = Level::rows;
        has_data_ = true;
        rows_.clear();
        return true;
    }
    if (level_ == Level::rows) return fail("is an array, but rows are objects");
    if (level_ == Level::row && current_->kind != Column::Kind::unknown) return fail("is an array");
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
bool RowReader<Metric>::parse_error(std::size_t position, const std::string&, const Parser::exception&) {
    failed_at_ = position;
    return false;
}

template <class Metric>
bool RowReader<Metric>::scalar(const Scalar& scalar) {
    if (skipped_depth_ > 0) return true;
    if (level_ == Level::row)
        return set(scalar) || fail("is " + describe(scalar) + ", which is not what belongs there");
    const bool belongs_there = level_ == Level::envelope && !is_data_next_;
    return belongs_there || fail("is " + describe(scalar) + ", but rows belong there");
}

template <class Metric>
bool RowReader<Metric>::set(const Scalar& scalar) {
    Row& row = rows_.back();
    switch (current_->kind) {
    case Column::Kind::unknown: return true;
    case Column::Kind::time: return set_time(row, scalar);
    case Column::Kind::metric: return set_metric(row, current_->metric, scalar);
    case Column::Kind::group: break;
    }
    if (scalar.kind == Scalar::Kind::null) return true;
    if (scalar.kind == Scalar::Kind::text) return texts_->set(current_->group, scalar.text), true;
    std::string text;
    if (!read(scalar, text)) return false;
    texts_->set(current_->group, text);
    return true;
}

template <class Metric>
bool RowReader<Metric>::set_time(Row& row, const Scalar& scalar) {
    const bool is_text = scalar.kind == Scalar::Kind::text;
    if (is_text && last_time_ && scalar.text == last_time_text_) {
        row.time = last_time_;
        return true;
    }
    if (!read(scalar, row.time)) return false;
    if (is_text) {
        last_time_text_ = scalar.text;
        last_time_ = row.time;
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
bool RowReader<Metric>::fail(std::string_view what) {
    std::string path = is_enveloped_ && (has_data_ || is_data_next_) ? std::string(rows_key) : "";
    if (level_ == Level::rows) path.append("[").append(std::to_string(rows_.size())).append("]");
    if (level_ == Level::row) {
        path.append("[").append(std::to_string(rows_.size() - 1)).append("]");
        if (current_) path.append(".").append(current_->name);
    }
    error_ = wrong_value(path, what);
    return false;
}

template <class Metric>
Result<std::vector<typename Report<Metric>::Row>> decode_rows(std::string_view body, const ReportQuery<Metric>& query) {
    return RowReader<Metric>(query).parse(body);
}

template Result<std::vector<PageviewRow>> decode_rows(std::string_view body, const PageviewQuery& query);
template Result<std::vector<EventRow>> decode_rows(std::string_view body, const EventQuery& query);

} // namespace fathom::detail::json
