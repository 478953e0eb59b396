/// @file
/// The calls under way.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <stop_token>

#include "message.hpp"

namespace fathom::cli::mcp {

class Calls {
public:
    /// @return what tells the call to stop
    /// @throw ProtocolError where one with that id is under way
    [[nodiscard]] std::stop_token begin(const Json& id);
    /// Also stops what goes on beside the call.
    void end(const Json& id);
    /// Tells a call to stop, if it is under way.
    void cancel(const Json& id);
    void cancel_all();
    void wait_for_all();

private:
    std::mutex mutex_{};
    std::condition_variable ended_{};
    std::map<Json, std::stop_source> calls_{};
};

} // namespace fathom::cli::mcp
