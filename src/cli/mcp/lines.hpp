/// @file
/// Lines of a stream, none of which takes more memory than it should.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <optional>
#include <string>

namespace fathom::cli::mcp {

struct Line {
    std::string text{};       ///< Without its end; empty where it is too long.
    bool is_too_long = false; ///< It was read to its end, and dropped.
};

class Lines {
public:
    /// @param longest in bytes
    Lines(std::istream& in, std::size_t longest) : in_(in), longest_(longest) {}

    /// Waits for the next one; nothing at the end. What stands behind the last line end is a line, too.
    [[nodiscard]] std::optional<Line> next();

private:
    std::istream& in_;
    std::size_t longest_;
};

} // namespace fathom::cli::mcp
