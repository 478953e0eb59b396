/// @file
/// A call that a thread waits for.
#pragma once

#include <list>
#include <memory>
#include <optional>
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
    /// Where it stands among those whose callers sleep; nothing while its caller does not. Guarded by the loop's mutex.
    std::optional<std::list<WaitedCall*>::iterator> sleeping{};
};

} // namespace fathom::detail
