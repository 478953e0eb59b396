/// @file
/// VisitorCount: how many different people some rows of facts speak of.
#pragma once

#include <compare>
#include <cstdint>
#include <vector>

#include <fathom/testing/report_rules.hpp>

namespace fathom::testing::detail {

/// Takes rows in any order. See EmulatedPageviews::visitors.
class VisitorCount {
public:
    void add(std::int64_t unix_time, std::int64_t visitors, std::int64_t count, VisitorSignature signature);
    [[nodiscard]] std::int64_t total();

private:
    struct Group {
        std::int64_t day;
        std::int64_t visitors;
        std::int64_t count;
        auto operator<=>(const Group&) const = default;
    };

    std::int64_t strangers_ = 0; ///< Who come in one row only.
    std::vector<Group> groups_{};
};

} // namespace fathom::testing::detail
