#include "report_fields.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string_view>

#include <nlohmann/json.hpp>

#include "answer.hpp"
#include "pattern.hpp"

namespace fathom::testing::detail {
namespace {

using namespace std::string_view_literals;

constexpr std::array profile_columns{
    "hostname"sv,          "pathname"sv,        "entry_page"sv, "exit_page"sv,        "referrer_hostname"sv,
    "referrer_pathname"sv, "referrer_source"sv, "browser"sv,    "operating_system"sv, "device_type"sv,
    "country_code"sv,      "region"sv,          "city"sv,       "utm_source"sv,       "utm_medium"sv,
    "utm_campaign"sv,      "utm_content"sv,     "utm_term"sv,   "keyword"sv,          "ref"sv};

// In the live service these know nothing but equality.
constexpr std::array equality_only{
    "device_type"sv, "operating_system"sv, "browser"sv, "country_code"sv, "city"sv, "state"sv, "region"sv};

template <typename Range>
bool contains(const Range& range, std::string_view value) {
    return std::find(range.begin(), range.end(), value) != range.end();
}

std::optional<std::string> filterable_column(const Service& service, const std::string& field) {
    if (field == "domain") return "replace(replace(profiles.hostname, 'https://', ''), 'http://', '')";
    if (field == "keyword" && service.is_live()) return std::nullopt;
    return groupable_column(field);
}

[[noreturn]] void refuse(const std::string& message) { throw ApiError{400, "filters", message}; }

void check_regular_expression(const Service& service, const std::string& pattern) {
    try {
        const Pattern checked{pattern, service.rules.matching_case};
    } catch (const std::runtime_error&) {
        refuse("The filter's value is not a valid regular expression.");
    }
}

// What SQL gives for a row of this column, and whether it must not.
struct Operator {
    std::string expression;
    bool is_negated;
};

Operator operator_named(const std::string& name, const std::string& column) {
    const bool is_negated = name == "is not" || name == "is not like" || name == "not matching";
    if (name == "is" || name == "is not") return {column + " = ?", is_negated};
    if (name == "is like" || name == "is not like") return {"contains_term(?, " + column + ")", is_negated};
    if (name == "matching" || name == "not matching") return {column + " REGEXP ?", is_negated};
    refuse("The filter operator " + name + " is invalid.");
}

SqlCondition to_condition(const Service& service, const std::string& column, const std::string& name,
                          const std::string& value) {
    const Operator wanted = operator_named(name, column);
    if (name.ends_with("matching")) check_regular_expression(service, value);
    if (!wanted.is_negated) return {wanted.expression, value};
    // The emulator keeps an empty text where the service has no value.
    const bool drops_empty = service.rules.null_rows == NullRows::dropped;
    return {"NOT (" + wanted.expression + ")" + (drops_empty ? " AND " + column + " <> ''" : ""), value};
}

std::string text_member(const nlohmann::json& filter, const char* name) {
    const auto member = filter.find(name);
    return member != filter.end() && member->is_string() ? member->get<std::string>() : std::string{};
}

std::string value_of(const Service& service, const nlohmann::json& filter) {
    const auto value = filter.find("value");
    if (value == filter.end() || value->is_null() || value->is_structured()) refuse("Each filter needs a value.");
    if (value->is_string()) return value->get<std::string>();
    if (service.is_live()) refuse("The filter's value must be a string.");
    return value->dump();
}

SqlCondition read_filter(const Service& service, const nlohmann::json& filter) {
    if (!filter.is_object()) refuse("Each filter must be an object.");
    const std::string property = text_member(filter, "property");
    // The description says `field` where the live service says `property`. Clients send both.
    const std::string field = property.empty() && !service.is_live() ? text_member(filter, "field") : property;
    if (field.empty()) refuse(service.is_live() ? "Each filter needs a property." : "Each filter needs a field.");
    const auto column = filterable_column(service, field);
    if (!column) refuse("The filter property " + field + " is invalid.");
    const std::string operation = text_member(filter, "operator");
    if (service.is_live() && contains(equality_only, field) && operation != "is" && operation != "is not")
        refuse("The filter property " + field + " can only be used with is and is not.");
    return to_condition(service, *column, operation, value_of(service, filter));
}

} // namespace

std::optional<std::string> groupable_column(const std::string& field) {
    if (field == "state") return "profiles.region";
    if (!contains(profile_columns, field)) return std::nullopt;
    return "profiles." + field;
}

std::vector<SqlCondition> read_filters(const Service& service, const std::string& json) {
    const nlohmann::json list = nlohmann::json::parse(json, nullptr, false);
    if (!list.is_array()) refuse("The filters field must be a JSON array.");
    std::vector<SqlCondition> conditions;
    for (const nlohmann::json& filter : list) conditions.push_back(read_filter(service, filter));
    return conditions;
}

} // namespace fathom::testing::detail
