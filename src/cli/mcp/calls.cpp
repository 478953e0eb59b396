#include "calls.hpp"

#include <vector>

namespace fathom::cli::mcp {

std::stop_token Calls::begin(const Json& id) {
    const std::lock_guard lock(mutex_);
    const auto [place, is_new] = calls_.try_emplace(id);
    if (!is_new) throw ProtocolError(ErrorCode::invalid_request, "A request with this id is under way");
    return place->second.get_token();
}

void Calls::end(const Json& id) {
    cancel(id);
    const std::lock_guard lock(mutex_);
    calls_.erase(id);
    ended_.notify_all();
}

void Calls::cancel(const Json& id) {
    std::stop_source call(std::nostopstate);
    {
        const std::lock_guard lock(mutex_);
        const auto found = calls_.find(id);
        if (found == calls_.end()) return;
        call = found->second;
    }
    call.request_stop(); // without the lock, since the call may end here
}

void Calls::cancel_all() {
    std::vector<Json> ids;
    {
        const std::lock_guard lock(mutex_);
        for (const auto& [id, call] : calls_) ids.push_back(id);
    }
    for (const Json& id : ids) cancel(id);
}

void Calls::wait_for_all() {
    std::unique_lock lock(mutex_);
    ended_.wait(lock, [&] { return calls_.empty(); });
}

} // namespace fathom::cli::mcp
