/// @file
/// One call of a tool, from its arguments to its answer.
#pragma once

#include <memory>

#include "calls.hpp"
#include "outbox.hpp"
#include "revision.hpp"
#include "tool.hpp"

namespace fathom::cli::mcp {

/// What a result has besides its own members.
[[nodiscard]] Json completed(Json result, Revision revision);

struct CallOfTool {
    const Tool* tool; ///< Lives as long as calls are under way.
    ToolCall call;
    Json id;
    Revision revision;
    Reply reply;
    std::shared_ptr<Calls> calls; ///< Where it is under way.
};

/// Calls the tool and replies. What goes wrong in it is a result that says so, which a model can read and act on; a call
/// that was cancelled has none.
void perform(CallOfTool call);

} // namespace fathom::cli::mcp
