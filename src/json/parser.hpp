/// @file
/// Reads JSON text and tells a handler what it holds, piece by piece.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "lexer.hpp"

namespace fathom::detail::json {

/// The grammar of JSON over a handler: start_object(), key(std::string_view), end_object(), start_array(), end_array() and
/// scalar(const Scalar&), each of which says whether to read on, and broken_at(std::size_t), which is told how many bytes
/// had been read when the text turned out not to be JSON. No recursion: depth costs a bit of memory for each level.
template <class Handler>
class Parser {
public:
    Parser(std::string_view body, Handler& handler) : lexer_(body), handler_(handler) {}

    /// @return whether the whole text was read
    [[nodiscard]] bool run() {
        if (!value(lexer_.next())) return false;
        while (!is_object_.empty()) {
            if (!advance()) return false;
        }
        return lexer_.next() == Lexeme::end || broken();
    }

private:
    /// Reads a value whose first lexeme is given; of an object or an array no more than that.
    bool value(Lexeme lexeme) {
        switch (lexeme) {
        case Lexeme::scalar: return handler_.scalar(lexer_.scalar());
        case Lexeme::open_object: return open(true), handler_.start_object();
        case Lexeme::open_array: return open(false), handler_.start_array();
        default: return broken();
        }
    }

    void open(bool is_object) {
        is_object_.push_back(is_object);
        is_first_ = true;
    }

    /// Reads the next member or element of what was opened last, or its end.
    bool advance() {
        const bool is_object = is_object_.back();
        const bool is_first = std::exchange(is_first_, false);
        Lexeme lexeme = lexer_.next();
        if (lexeme == (is_object ? Lexeme::close_object : Lexeme::close_array)) {
            is_object_.pop_back();
            return is_object ? handler_.end_object() : handler_.end_array();
        }
        if (!is_first) {
            if (lexeme != Lexeme::comma) return broken();
            lexeme = lexer_.next();
        }
        return is_object ? member(lexeme) : value(lexeme);
    }

    bool member(Lexeme lexeme) {
        const bool is_key = lexeme == Lexeme::scalar && lexer_.scalar().kind == Scalar::Kind::text;
        if (!is_key) return broken();
        if (!handler_.key(lexer_.scalar().text)) return false;
        return lexer_.next() == Lexeme::colon ? value(lexer_.next()) : broken();
    }

    bool broken() {
        handler_.broken_at(lexer_.position());
        return false;
    }

    Lexer lexer_;
    Handler& handler_;
    std::vector<bool> is_object_{}; // of what is open
    bool is_first_ = false;         // whether nothing of what was opened last has been read
};

/// @return whether the whole text was read
template <class Handler>
[[nodiscard]] bool parse(std::string_view body, Handler& handler) {
    return Parser<Handler>(body, handler).run();
}

} // namespace fathom::detail::json
