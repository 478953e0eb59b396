#include <optional>
#include <utility>

#include "json.hpp"
#include "not_json.hpp"
#include "reader.hpp"
#include "reading.hpp"

namespace fathom::detail::json {

template <class T>
Result<T> decode(std::string_view body, DriftLog& drift) {
    return read_body<T>(body, drift, [](std::string_view text, DriftLog& found, BodyState state) -> Reading<T> {
        T value{};
        Reader reader(shape_of<T>, &value, found, state);
        if (std::optional<Error> error = reader.parse(text)) return {*std::move(error)};
        return {std::move(value), reader.may_be_refusal(), reader.is_blank()};
    });
}

Result<void> decode_nothing(std::string_view body, DriftLog&) {
    if (std::optional<Error> error = not_json(body)) return *std::move(error);
    if (std::optional<Error> error = refusal_in(body)) return *std::move(error);
    return {};
}

template Result<Account> decode(std::string_view, DriftLog&);
template Result<Token> decode(std::string_view, DriftLog&);
template Result<Site> decode(std::string_view, DriftLog&);
template Result<Event> decode(std::string_view, DriftLog&);
template Result<Milestone> decode(std::string_view, DriftLog&);
template Result<CurrentVisitors> decode(std::string_view, DriftLog&);
template Result<CurrentPage> decode(std::string_view, DriftLog&);
template Result<CurrentReferrer> decode(std::string_view, DriftLog&);
template Result<SiteCreate> decode(std::string_view, DriftLog&);
template Result<SiteUpdate> decode(std::string_view, DriftLog&);
template Result<EventCreate> decode(std::string_view, DriftLog&);
template Result<EventUpdate> decode(std::string_view, DriftLog&);
template Result<MilestoneCreate> decode(std::string_view, DriftLog&);
template Result<MilestoneUpdate> decode(std::string_view, DriftLog&);
template Result<Page<Site>> decode(std::string_view, DriftLog&);
template Result<Page<Event>> decode(std::string_view, DriftLog&);
template Result<Page<Milestone>> decode(std::string_view, DriftLog&);

} // namespace fathom::detail::json
