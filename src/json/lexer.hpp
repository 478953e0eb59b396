/// @file
/// Takes JSON text apart into its lexemes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "scalar.hpp"

namespace fathom::detail::json {

/// What stands in JSON text.
enum class Lexeme : std::uint8_t {
    open_object,
    close_object,
    open_array,
    close_array,
    colon,
    comma,
    scalar, ///< See Lexer::scalar().
    end,    ///< There is nothing more.
    broken, ///< What stands there is not JSON.
};

/// Reads lexemes as RFC 8259 has them; a byte order mark in front is skipped. Texts and digits are not copied but shown
/// where they stand, unless a text has escapes.
class Lexer {
public:
    explicit Lexer(std::string_view body) noexcept;

    /// Reads on. After `broken` it must not be called again.
    [[nodiscard]] Lexeme next();
    /// The last lexeme, where it was a scalar; its text is there until the next one.
    [[nodiscard]] const Scalar& scalar() const noexcept { return scalar_; }
    /// How many bytes have been read.
    [[nodiscard]] std::size_t position() const noexcept { return static_cast<std::size_t>(at_ - begin_); }

private:
    [[nodiscard]] Lexeme text();
    [[nodiscard]] Lexeme text_with_escapes(const char* start);
    [[nodiscard]] Lexeme number();
    [[nodiscard]] Lexeme word(std::string_view rest, Scalar meaning) noexcept;

    [[nodiscard]] bool skip_character() noexcept;
    [[nodiscard]] bool unescape();
    [[nodiscard]] bool take_code_unit(std::uint32_t& unit) noexcept;
    [[nodiscard]] bool skip_digits() noexcept;

    [[nodiscard]] bool at_end() const noexcept { return at_ == end_; }
    [[nodiscard]] bool take(char expected) noexcept;

    const char* begin_;
    const char* end_;
    const char* at_;
    Scalar scalar_{};
    std::string unescaped_{}; // the text of a scalar that has escapes
};

} // namespace fathom::detail::json
