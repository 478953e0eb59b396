/// @file
/// Calls that share one answer.
#pragma once

#include <list>

namespace fathom::detail {

class Call;

/// A call and those that follow it: they ask the same and will share its answer. Joining, leaving and handing over the lead
/// cost the same however many there are. Whoever holds the calls keeps them alive.
struct Flock {
    using Place = std::list<Call*>::iterator;

    Call* leader;
    std::list<Call*> followers{}; ///< In order of arrival.
};

} // namespace fathom::detail
