#include <nlohmann/json.hpp>
#include <tuple>

#include "../text/time_text.hpp"
#include "fields.hpp"
#include "json.hpp"

namespace fathom::detail::json {

namespace {

using Object = nlohmann::ordered_json;

// Each gives what stands for a value in JSON.
Object to_json(const std::string& value) { return value; }
Object to_json(bool value) { return value; }
Object to_json(std::chrono::year_month_day value) { return date_text(value); }
template <class Spec>
Object to_json(const OpenEnum<Spec>& value) {
    return value.text();
}

template <class T>
void add(Object& object, std::string_view name, const T& value) {
    object[std::string(name)] = to_json(value);
}
template <class T>
void add(Object& object, std::string_view name, const std::optional<T>& value) {
    if (value) add(object, name, *value);
}

/// Never throws: text that is no UTF-8 has been refused before, and would be replaced here.
std::string text_of(const Object& object) { return object.dump(-1, ' ', false, Object::error_handler_t::replace); }

} // namespace

template <class T>
std::string encode(const T& value) {
    Object object = Object::object();
    std::apply([&](const auto&... field) { (add(object, field.name, value.*field.member), ...); }, fields<T>);
    return text_of(object);
}

template std::string encode(const SiteCreate&);
template std::string encode(const SiteUpdate&);
template std::string encode(const EventCreate&);
template std::string encode(const EventUpdate&);
template std::string encode(const MilestoneCreate&);
template std::string encode(const MilestoneUpdate&);

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
