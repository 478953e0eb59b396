/// @file
/// Pattern: a regular expression.
#pragma once

#include <memory>
#include <string>

namespace fathom::testing::detail {

/// ECMAScript's syntax, as far as std::regex has it.
class Pattern {
public:
    /// @throws std::runtime_error where it is none
    explicit Pattern(const std::string& text);
    ~Pattern();
    Pattern(Pattern&&) noexcept;
    Pattern& operator=(Pattern&&) noexcept;

    [[nodiscard]] bool is_found_in(const std::string& text) const;

private:
    struct Compiled;
    std::unique_ptr<Compiled> compiled_;
};

} // namespace fathom::testing::detail
