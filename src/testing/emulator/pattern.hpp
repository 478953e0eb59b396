/// @file
/// Pattern: a regular expression; LikeTerm: a text with wildcards.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <fathom/testing/report_rules.hpp>

namespace fathom::testing::detail {

/// ECMAScript's syntax, as far as std::regex has it, without references back (`\1`), which would need time without bound.
class Pattern {
public:
    /// @throws std::runtime_error where it is none
    Pattern(const std::string& text, LetterCase letter_case);
    ~Pattern();
    Pattern(const Pattern&) = delete;
    Pattern& operator=(const Pattern&) = delete;

    /// A search that the engine gives up counts as not found.
    [[nodiscard]] bool is_found_in(const std::string& text) const;

private:
    struct Compiled;
    std::unique_ptr<Compiled> compiled_;
};

/// What `is like` looks for: a text that may stand anywhere, in which `*` stands for any text.
class LikeTerm {
public:
    LikeTerm(const std::string& text, LetterCase letter_case);

    [[nodiscard]] bool is_found_in(const std::string& text) const;

private:
    LetterCase letter_case_;
    std::vector<std::string> parts_; ///< Between the asterisks.
};

} // namespace fathom::testing::detail
