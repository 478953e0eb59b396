#include "void_answer.hpp"

#include <string>

namespace fathom::detail {

Result<void> decode_nothing(std::string_view body) {
    const std::size_t start = body.find_first_not_of(" \t\r\n");
    if (start == std::string_view::npos || body[start] == '{' || body[start] == '[') return {};
    constexpr std::size_t shown = 40;
    return Error{.kind = ErrorKind::decode,
                 .message = "the answer is not JSON; it begins with: " + std::string(body.substr(start, shown))};
}

} // namespace fathom::detail
