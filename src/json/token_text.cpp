#include "token_text.hpp"

namespace fathom::detail::json {

void TokenText::grow() {
    constexpr std::size_t smallest = 128;
    text_.resize(2 * size_ + smallest);
}

} // namespace fathom::detail::json
