#include "json_array.hpp"

#include <cstddef>
#include <string>

#include "../text/plain_text.hpp"

namespace fathom::detail {

namespace {

Error fault(std::string_view what) { return {.kind = ErrorKind::decode, .message = "the text " + std::string(what)}; }

/// How much of a text the first element of an array takes: up to the comma or the bracket behind it.
std::size_t length_of_element(std::string_view text) {
    std::size_t depth = 0;
    bool is_quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (is_quoted && c == '\\') {
            ++i;
        } else if (c == '"') {
            is_quoted = !is_quoted;
        } else if (is_quoted) {
            continue;
        } else if (depth == 0 && (c == ',' || c == ']')) {
            return i;
        } else if (c == '[' || c == '{') {
            ++depth;
        } else if ((c == ']' || c == '}') && depth > 0) {
            --depth;
        }
    }
    return text.size();
}

} // namespace

Result<std::vector<std::string_view>> elements_of_array(std::string_view text) {
    text = stripped(without_byte_order_mark(text));
    if (!text.starts_with('[')) return fault("is no JSON array");
    text.remove_prefix(1);
    std::vector<std::string_view> elements;
    for (bool is_over = false; !is_over;) {
        const std::size_t length = length_of_element(text);
        if (length == text.size()) return fault("ends before its array does");
        const std::string_view element = stripped(text.substr(0, length));
        is_over = text[length] == ']';
        const bool is_array_of_none = is_over && elements.empty() && element.empty();
        if (element.empty() && !is_array_of_none) {
            return fault("has nothing for element " + std::to_string(elements.size() + 1) + " of its array");
        }
        if (!is_array_of_none) elements.push_back(element);
        text.remove_prefix(length + 1);
    }
    if (!text.empty()) return fault("goes on behind its array");
    return elements;
}

} // namespace fathom::detail
