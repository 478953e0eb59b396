#include "void_answer.hpp"

#include "../json/not_json.hpp"

namespace fathom::detail {

Result<void> decode_nothing(std::string_view body) {
    if (std::optional<Error> error = json::not_json(body)) return *std::move(error);
    return {};
}

} // namespace fathom::detail
