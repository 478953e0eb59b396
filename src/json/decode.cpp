#include <utility>

#include "json.hpp"
#include "reader.hpp"

namespace fathom::detail::json {

template <class T>
Result<T> decode(std::string_view body) {
    T value;
    Reader reader(shape_of<T>, &value);
    const bool is_read = Parser::sax_parse(body.data(), body.data() + body.size(), &reader);
    if (is_read) return value;
    return reader.error() ? *reader.error() : broken_json(body, reader.failed_at());
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
