/// @file
/// The text of a token while it is read.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>

namespace fathom::detail::json {

/// What nlohmann's lexer collects the characters of a text or a number in, one by one. Adding one is a comparison and a
/// store here; with std::string it is a call, and these calls are a fifth of all that reading costs.
class TokenText {
public:
    using value_type = char;

    TokenText() = default;

    void push_back(char c) {
        if (size_ == text_.size()) grow();
        text_[size_++] = c;
    }
    void clear() noexcept { size_ = 0; }

    /// The characters, with a zero behind the last.
    [[nodiscard]] const char* data() noexcept {
        text_[size_] = '\0';
        return text_.data();
    }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] std::string_view view() const noexcept { return {text_.data(), size_}; }

    // What nlohmann's readers of binary formats want to be there; they come with its parser, and are never called.
    TokenText(const char* text) : text_(text), size_(text_.size()) {}                     // NOLINT: must convert
    TokenText(std::string text) noexcept : text_(std::move(text)), size_(text_.size()) {} // NOLINT: must convert
    TokenText(std::size_t count, char c) : text_(count, c), size_(count) {}
    TokenText& append(const TokenText& more) {
        for (const char c : more.view()) push_back(c);
        return *this;
    }

private:
    void grow(); // by itself, so that compilers put push_back() in its place

    std::string text_{}; // its size is the room that there is
    std::size_t size_ = 0;
};

/// nlohmann's parser with texts of that kind; for handlers of its events.
using Parser = nlohmann::basic_json<std::map, std::vector, TokenText>;

} // namespace fathom::detail::json
