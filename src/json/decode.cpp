#include <optional>
#include <utility>

#include "../text/plain_text.hpp"
#include "error_reader.hpp"
#include "json.hpp"
#include "not_json.hpp"
#include "reader.hpp"
#include "reading.hpp"

namespace fathom::detail::json {

namespace {

/// Whether an empty list stands where an object belongs.
bool is_empty_list_for(const Shape& shape, std::string_view text) {
    text = stripped(text);
    return shape.append == nullptr && text.size() > 1 && text.front() == '[' && text.back() == ']' &&
           stripped(text.substr(1, text.size() - 2)).empty();
}

template <class T>
Result<T> read_as(std::string_view body, DriftLog& drift, Writer writer) {
    const auto read_once = [](std::string_view text, DriftLog& found, BodyState state) -> Reading<T> {
        T value{};
        if (is_empty_list_for(shape_of<T>, text)) {
            found.add({}, "an empty list where an object belongs");
            text = "{}"; // PHP knows one kind of array, and writes it so where it is empty
        }
        Reader reader(shape_of<T>, &value, found, state);
        if (std::optional<Error> error = reader.parse(text)) return {*std::move(error)};
        return {std::move(value), reader.may_be_refusal(), reader.is_blank()};
    };
    return read_body<T>(body, drift, writer, read_once);
}

} // namespace

template <class T>
Result<T> decode(std::string_view body, DriftLog& drift) {
    return read_as<T>(body, drift, Writer::service);
}

template <class T>
Result<T> decode_record(std::string_view text, DriftLog& drift) {
    return read_as<T>(text, drift, Writer::program);
}

Result<void> decode_nothing(std::string_view body, DriftLog&) {
    if (std::optional<Error> error = refusal_in(body)) return *std::move(error);
    ErrorReader reader;
    if (parse(body, reader).is_whole) return {}; // `true`, `"ok"`
    if (std::optional<Error> error = not_json(body)) return *std::move(error);
    return {};
}

template Result<Account> decode(std::string_view, DriftLog&);
template Result<Token> decode(std::string_view, DriftLog&);
template Result<Site> decode(std::string_view, DriftLog&);
template Result<Event> decode(std::string_view, DriftLog&);
template Result<Milestone> decode(std::string_view, DriftLog&);
template Result<CurrentVisitors> decode(std::string_view, DriftLog&);
template Result<Page<Site>> decode(std::string_view, DriftLog&);
template Result<Page<Event>> decode(std::string_view, DriftLog&);
template Result<Page<Milestone>> decode(std::string_view, DriftLog&);

template Result<Account> decode_record(std::string_view, DriftLog&);
template Result<Token> decode_record(std::string_view, DriftLog&);
template Result<Site> decode_record(std::string_view, DriftLog&);
template Result<Event> decode_record(std::string_view, DriftLog&);
template Result<Milestone> decode_record(std::string_view, DriftLog&);
template Result<CurrentVisitors> decode_record(std::string_view, DriftLog&);
template Result<CurrentPage> decode_record(std::string_view, DriftLog&);
template Result<CurrentReferrer> decode_record(std::string_view, DriftLog&);
template Result<SiteCreate> decode_record(std::string_view, DriftLog&);
template Result<SiteUpdate> decode_record(std::string_view, DriftLog&);
template Result<EventCreate> decode_record(std::string_view, DriftLog&);
template Result<EventUpdate> decode_record(std::string_view, DriftLog&);
template Result<MilestoneCreate> decode_record(std::string_view, DriftLog&);
template Result<MilestoneUpdate> decode_record(std::string_view, DriftLog&);

} // namespace fathom::detail::json
