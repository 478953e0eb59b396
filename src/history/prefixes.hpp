/// @file
/// Patterns that tell values apart by how they begin.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace fathom::detail::history {

/// The beginnings of values that are done with, and the pattern that finds these values.
///
/// Patterns are of what all engines have in common: `^`, texts, `( | )`, classes of ASCII letters and digits that are
/// written out, and `.*` at the end, for engines that compare with the whole text.
class FinishedPrefixes {
public:
    /// Takes in the beginnings that can be left behind after a cut answer.
    /// @param values the values of its rows, in their order, which ascends; the last one may have more rows
    /// @return whether there is any
    bool add_from(const std::vector<std::string_view>& values);
    /// A pattern for all of them; empty where there are none.
    [[nodiscard]] std::string pattern() const;

private:
    bool add(std::string prefix);

    std::set<std::string> prefixes_{};
};

/// A pattern, blind to the case of ASCII letters, that about half of these values match and the others do not.
/// @return nothing where they cannot be told apart
[[nodiscard]] std::optional<std::string> splitting_pattern(const std::vector<std::string_view>& values);

} // namespace fathom::detail::history
