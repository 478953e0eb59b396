#include <optional>
#include <utility>

#include "json.hpp"
#include "reader.hpp"

namespace fathom::detail::json {

template <class T>
Result<T> decode(std::string_view body) {
    T value;
    if (std::optional<Error> error = Reader(shape_of<T>, &value).parse(body)) return *std::move(error);
    return value;
}

template Result<Account> decode(std::string_view);
template Result<Token> decode(std::string_view);
template Result<Site> decode(std::string_view);
template Result<Event> decode(std::string_view);
template Result<Milestone> decode(std::string_view);
template Result<CurrentVisitors> decode(std::string_view);
template Result<Page<Site>> decode(std::string_view);
template Result<Page<Event>> decode(std::string_view);
template Result<Page<Milestone>> decode(std::string_view);

} // namespace fathom::detail::json
