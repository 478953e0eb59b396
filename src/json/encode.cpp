#include <nlohmann/json.hpp>
#include <tuple>

#include "../reports/metrics.hpp"
#include "../text/time_text.hpp"
#include "fields.hpp"
#include "json.hpp"
#include "shape.hpp"

namespace fathom::detail::json {

namespace {

using Object = nlohmann::ordered_json;

// Each gives what stands for a value in JSON.
Object as_json(const std::string& value) { return value; }
Object as_json(bool value) { return value; }
Object as_json(std::int64_t value) { return value; }
Object as_json(double value) { return value; }
Object as_json(Seconds value) { return value.count(); }
Object as_json(std::chrono::sys_seconds value) { return instant_text(value); }
Object as_json(std::chrono::local_seconds value) { return wall_clock_text(value); }
template <class Tag>
Object as_json(const Id<Tag>& value) {
    return value.str();
}
template <class T>
Object as_json(const std::vector<T>& values);
template <HasFields T>
Object as_json(const T& value);
Object as_json(std::chrono::year_month_day value) { return date_text(value); }
template <class Spec>
Object as_json(const OpenEnum<Spec>& value) {
    return value.text();
}

template <class T>
void add(Object& object, std::string_view name, const T& value) {
    object[std::string(name)] = as_json(value);
}
/// A date that an answer did not have.
void add(Object& object, std::string_view name, std::chrono::year_month_day value) {
    if (value.ok()) object[std::string(name)] = as_json(value);
}
template <class T>
void add(Object& object, std::string_view name, const std::optional<T>& value) {
    if (value) add(object, name, *value);
}

template <class T>
Object as_json(const std::vector<T>& values) {
    Object list = Object::array();
    for (const T& value : values) list.push_back(as_json(value));
    return list;
}

template <HasFields T>
Object as_json(const T& value) {
    Object object = Object::object();
    std::apply([&](const auto&... field) { (add(object, field.name, value.*field.member), ...); }, fields<T>);
    return object;
}

/// As the service sends a row: the fields stand beside the metrics.
template <class Metric, class Row>
Object row_as_json(const Row& row) {
    Object object = Object::object();
    add(object, "date", row.time);
    visit_metrics<Metric>(row, [&](auto metric, const auto& member) { add(object, to_string(metric), member); });
    for (const fathom::Field& field : row.fields.names()) object[std::string(field.text())] = row.fields[field];
    return object;
}

/// Never throws: text that is no UTF-8 has been refused before, and would be replaced here.
std::string text_of(const Object& object) { return object.dump(-1, ' ', false, Object::error_handler_t::replace); }

} // namespace

template <class T>
std::string encode(const T& value) {
    return text_of(as_json(value));
}
template <>
std::string encode(const PageviewRow& value) {
    return text_of(row_as_json<PageviewMetric>(value));
}
template <>
std::string encode(const EventRow& value) {
    return text_of(row_as_json<EventMetric>(value));
}

template std::string encode(const Account&);
template std::string encode(const Token&);
template std::string encode(const Site&);
template std::string encode(const Event&);
template std::string encode(const Milestone&);
template std::string encode(const CurrentPage&);
template std::string encode(const CurrentReferrer&);
template std::string encode(const CurrentVisitors&);
template std::string encode(const SiteCreate&);
template std::string encode(const SiteUpdate&);
template std::string encode(const EventCreate&);
template std::string encode(const EventUpdate&);
template std::string encode(const MilestoneCreate&);
template std::string encode(const MilestoneUpdate&);

std::string encode_text(std::string_view text) { return text_of(Object(text)); }

std::string encode_event_currency(std::string_view name, std::string_view currency) {
    return text_of({{"name", name}, {"currency", currency}});
}

std::string encode_filters(const std::vector<Filter>& filters) {
    Object list = Object::array();
    for (const Filter& filter : filters) {
        // The specification calls the dimension `field`, the live service `property`.
        list.push_back({{"property", filter.field.text()},
                        {"field", filter.field.text()},
                        {"operator", to_string(filter.comparison)},
                        {"value", filter.value}});
    }
    return text_of(list);
}

} // namespace fathom::detail::json
