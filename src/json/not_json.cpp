#include "not_json.hpp"

#include <string>

#include "../text/plain_text.hpp"
#include "scalar.hpp"

namespace fathom::detail::json {

std::optional<Error> not_json(std::string_view body) {
    body = without_byte_order_mark(body);
    const std::size_t start = body.find_first_not_of(" \t\r\n");
    if (start == std::string_view::npos || body[start] == '{' || body[start] == '[') return std::nullopt;
    if (body[start] == '<') {
        return Error{.kind = ErrorKind::decode,
                     .message = "the service answered with a web page in place of JSON, as it may for a key that does "
                                "not reach the site"};
    }
    return Error{.kind = ErrorKind::decode,
                 .message = "the answer is not JSON; it begins with: " + shortened(body.substr(start))};
}

} // namespace fathom::detail::json
