/// @file
/// Looking names up without waiting for slow answers.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fathom::detail {

/// Looks a name up behind its user, who may stop waiting and ask again later.
class NameLookup {
public:
    /// Numeric addresses as text, the best first.
    using Addresses = std::vector<std::string>;

    /// Begins; an address needs no looking up.
    explicit NameLookup(const std::string& host);

    /// @return nothing where they are not known by then; none where the name has no address
    [[nodiscard]] std::optional<Addresses> wait_until(std::chrono::steady_clock::time_point end) const;

private:
    struct Outcome;

    std::shared_ptr<Outcome> outcome_;
};

} // namespace fathom::detail
