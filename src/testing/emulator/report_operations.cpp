#include <charconv>

#include <nlohmann/json.hpp>

#include "operations.hpp"
#include "report_fields.hpp"
#include "report_query.hpp"
#include "sql_functions.hpp"

namespace fathom::testing::detail {
namespace {

// SQL, and what its question marks stand for.
struct SqlText {
    std::string text{};
    std::vector<SqlValue> values{};

    template <typename... Parameters>
    void add(const std::string& part, const Parameters&... parameters) {
        text += part;
        (values.emplace_back(parameters), ...);
    }
};

std::string column_name(std::size_t column) { return "c" + std::to_string(column); }

// Columns are named c1, c2, … and come in this order: the bucket, the fields, the metrics.
void add_columns(const ReportQuery& query, SqlText& sql) {
    std::size_t column = 0;
    const auto name_it = [&] { sql.add(" AS " + column_name(++column)); };
    const auto separator = [&] { return column == 0 ? "" : ", "; };
    if (query.date_grouping != DateGrouping::none) {
        sql.add("time_bucket(facts.at, ?, ?)", query.time_zone, static_cast<std::int64_t>(query.date_grouping));
        name_it();
    }
    for (const std::string& field : query.fields) {
        sql.add(separator() + groupable_column(field).value());
        name_it();
    }
    for (const Metric* metric : query.metrics) {
        sql.add(separator() + std::string{metric->expression});
        name_it();
    }
}

void add_source(const ReportQuery& query, SqlText& sql) {
    sql.add(query.of_pageviews ? " FROM pageviews AS facts" : " FROM conversions AS facts");
    if (!query.fields.empty() || !query.filters.empty()) sql.add(" JOIN profiles ON profiles.sequence = facts.profile");
    if (query.of_pageviews) {
        sql.add(" WHERE facts.site = ?", query.site.sequence);
    } else {
        sql.add(" WHERE facts.event IN (SELECT sequence FROM events WHERE site = ? AND name = ?)", query.site.sequence,
                query.event_name);
    }
    sql.add(" AND facts.at BETWEEN ? AND ?", std::int64_t{query.from.time_since_epoch().count()},
            std::int64_t{query.to.time_since_epoch().count()});
    for (const SqlCondition& filter : query.filters) sql.add(" AND " + filter.expression, filter.value);
}

std::size_t group_column_count(const ReportQuery& query) {
    return query.fields.size() + (query.date_grouping == DateGrouping::none ? 0 : 1);
}

void add_grouping(const ReportQuery& query, SqlText& sql) {
    for (std::size_t column = 1; column <= group_column_count(query); ++column)
        sql.add((column == 1 ? " GROUP BY " : ", ") + std::to_string(column));
}

// The column, counted from one, that holds what the report is sorted by.
std::size_t sort_column(const ReportQuery& query) {
    std::size_t column = query.date_grouping == DateGrouping::none ? 0 : 1;
    if (query.sort_key == "timestamp") return column;
    for (const std::string& field : query.fields) {
        ++column;
        if (field == query.sort_key) return column;
    }
    for (const Metric* metric : query.metrics) {
        ++column;
        if (query.sort_key == metric->name) return column;
    }
    return column;
}

// Texts compare as the service has them; the other columns are numbers, which no collation concerns.
std::string order_term(std::size_t column, bool descending) {
    return column_name(column) + " COLLATE " + text_collation + (descending ? " DESC" : " ASC");
}

// All that tells rows apart, as one text.
std::string row_key(const ReportQuery& query) {
    std::string key;
    for (std::size_t column = 1; column <= group_column_count(query); ++column)
        key += (column == 1 ? "" : " || char(10) || ") + column_name(column);
    return key;
}

void add_open_order(const ReportRules& rules, const ReportQuery& query, SqlText& sql) {
    if (rules.open_order == RowOrder::shuffled) {
        sql.add("shuffled_place(" + row_key(query) + ", ?)", query.number);
        return;
    }
    for (std::size_t column = 1; column <= group_column_count(query); ++column)
        sql.add((column == 1 ? "" : ", ") + order_term(column, rules.open_order == RowOrder::reversed));
}

void add_order(const ReportRules& rules, const ReportQuery& query, SqlText& sql) {
    if (!query.is_grouped()) return;
    sql.add(" ORDER BY ");
    if (!query.sort_key.empty()) sql.add(order_term(sort_column(query), query.sort_descending) + ", ");
    add_open_order(rules, query, sql);
}

SqlText to_sql(const ReportRules& rules, const ReportQuery& query) {
    SqlText sql{.text = "SELECT "};
    add_columns(query, sql);
    add_source(query, sql);
    add_grouping(query, sql);
    add_order(rules, query, sql);
    sql.add(" LIMIT ?", query.limit);
    return sql;
}

std::string decimal_text(double value) {
    char digits[64];
    const auto [end, problem] = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed, 4);
    return problem == std::errc{} ? std::string(digits, end) : "0";
}

Json present_bounce_rate(const Service& service, double fraction) {
    if (!service.is_live()) return decimal_text(fraction);
    if (service.rules.bounce_rate == BounceRate::fraction) return fraction;
    return decimal_text(100 * fraction);
}

Json present_metric(const Service& service, const Metric& metric, const Statement& row, int column) {
    if (metric.kind == MetricKind::count) return std::to_string(row.integer(column));
    if (service.is_live() && row.is_null(column)) return nullptr;
    if (metric.kind == MetricKind::rate) return present_bounce_rate(service, row.real(column));
    return decimal_text(row.real(column));
}

std::string present_bucket(const Service& service, const ReportQuery& query, const std::string& bucket) {
    // The live service is known to write days in both ways; so each dialect has one.
    return service.is_live() && query.date_grouping == DateGrouping::day ? bucket + " 00:00:00" : bucket;
}

Json present_field(const Service& service, const std::string& value) {
    if (service.is_live() && value.empty()) return nullptr;
    return value;
}

Json present_row(const Service& service, const ReportQuery& query, const Statement& row) {
    Json body = Json::object();
    int column = static_cast<int>(group_column_count(query));
    for (const Metric* metric : query.metrics) body[metric->name] = present_metric(service, *metric, row, column++);
    column = 0;
    if (query.date_grouping != DateGrouping::none) body["date"] = present_bucket(service, query, row.text(column++));
    for (const std::string& field : query.fields) body[field] = present_field(service, row.text(column++));
    return body;
}

} // namespace

Answer get_aggregations(Service& service, const Call& call) {
    const ReportQuery query = read_report_query(service, call);
    const SqlText sql = to_sql(service.rules, query);
    Statement rows = service.database.prepare(sql.text);
    rows.bind_all(sql.values);
    Json data = Json::array();
    while (rows.step()) data.push_back(present_row(service, query, rows));
    return json_answer(service.is_live() ? data : Json{{"data", data}});
}

} // namespace fathom::testing::detail
