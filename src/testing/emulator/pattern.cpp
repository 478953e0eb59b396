#include "pattern.hpp"

#include <regex>

namespace fathom::testing::detail {

struct Pattern::Compiled {
    std::regex regex;
};

Pattern::Pattern(const std::string& text) : compiled_{std::make_unique<Compiled>(Compiled{std::regex{text}})} {}

Pattern::~Pattern() = default;
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;

bool Pattern::is_found_in(const std::string& text) const { return std::regex_search(text, compiled_->regex); }

} // namespace fathom::testing::detail
