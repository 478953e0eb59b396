/// @file
/// The GET requests under way, so that identical ones share one.
#pragma once

#include <array>
#include <memory>
#include <string_view>
#include <unordered_map>

#include "call.hpp"
#include "response_cache.hpp"

namespace fathom::detail {

/// For each target the call that fetches it now.
class Flights {
public:
    /// The call that asks the same; null where there is none.
    [[nodiscard]] std::shared_ptr<Call> leader_for(const OperationRequest& request) const {
        const auto& flights = of(request);
        const auto found = flights.find(request.target);
        return found == flights.end() ? nullptr : found->second;
    }
    /// The call leads from now on, unless another one leads already.
    void open(const std::shared_ptr<Call>& call) { of(call->request).try_emplace(call->request.target, call); }
    /// Whether later calls may share this one's answer.
    [[nodiscard]] bool leads(const Call& call) const { return leader_for(call.request).get() == &call; }
    /// The call leads no more.
    void close(const Call& call) {
        if (leads(call)) of(call.request).erase(call.request.target);
    }
    /// The heir leads in place of the call.
    void replace(const Call& call, const std::shared_ptr<Call>& heir) {
        if (!leads(call)) return;
        close(call); // its text is the key, so the entry is made anew
        open(heir);
    }
    /// What is fetched now may be from before the write: nobody may join any more.
    void close_changed_by(const OperationRequest& write) {
        for (ByTarget& flights : flights_) {
            std::erase_if(flights,
                          [&](const auto& flight) { return may_change(write.method, write.target, flight.first); });
        }
    }

private:
    using ByTarget = std::unordered_map<std::string_view, std::shared_ptr<Call>>;

    // A caller that takes any status gets an answer where another gets an error, so those two do not share.
    [[nodiscard]] ByTarget& of(const OperationRequest& request) { return flights_[request.any_status ? 1 : 0]; }
    [[nodiscard]] const ByTarget& of(const OperationRequest& request) const {
        return flights_[request.any_status ? 1 : 0];
    }

    std::array<ByTarget, 2> flights_{};
};

} // namespace fathom::detail
