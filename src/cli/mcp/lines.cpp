#include "lines.hpp"

#include <istream>
#include <streambuf>

namespace fathom::cli::mcp {

std::optional<Line> Lines::next() {
    using Traits = std::istream::traits_type;
    Line line;
    bool is_at_end = true;
    for (auto c = in_.rdbuf()->sbumpc(); !Traits::eq_int_type(c, Traits::eof()); c = in_.rdbuf()->sbumpc()) {
        is_at_end = false;
        if (Traits::to_char_type(c) == '\n') break;
        if (line.text.size() == longest_) {
            line.is_too_long = true;
            line.text.clear();
        }
        if (!line.is_too_long) line.text.push_back(Traits::to_char_type(c));
    }
    if (is_at_end) return std::nullopt;
    if (!line.text.empty() && line.text.back() == '\r') line.text.pop_back();
    return line;
}

} // namespace fathom::cli::mcp
