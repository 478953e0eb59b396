/// @file
/// A call that a thread waits for.
#pragma once

#include <list>
#include <memory>
#include <utility>

#include "../core/call.hpp"
#include "waiter.hpp"

namespace fathom::detail {

/// The call of a blocking caller.
class WaitedCall final : public Call {
public:
    WaitedCall(OperationRequest what, TimePoint until, const CallOptions& options)
        : Call(std::move(what), until, options, Ending::awaited) {}

    Waiter waiter{};
    /// Its entry in the list of those whose callers sleep, made beforehand so that to fall asleep cannot fail. Here while
    /// its caller is awake. Guarded by the loop's mutex, like the next two.
    std::list<WaitedCall*> entry{this};
    std::list<WaitedCall*>::iterator place = entry.begin(); ///< Stays valid wherever the entry is.
    bool is_asleep = false;
};

} // namespace fathom::detail
