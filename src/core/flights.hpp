/// @file
/// The GET requests under way, so that identical ones share one.
#pragma once

#include <array>
#include <memory>
#include <string_view>
#include <unordered_map>

#include "call.hpp"
#include "subject_index.hpp"

namespace fathom::detail {

/// For each target the call that fetches it now.
class Flights {
public:
    /// The call that asks the same; null where there is none.
    [[nodiscard]] std::shared_ptr<Call> leader_for(const OperationRequest& request) const {
        const auto& leaders = of(request).leaders;
        const auto found = leaders.find(request.target);
        return found == leaders.end() ? nullptr : found->second;
    }
    /// The call leads from now on, unless another one leads already.
    void open(const std::shared_ptr<Call>& call) {
        Group& group = of(call->request);
        if (group.leaders.try_emplace(call->request.target, call).second) {
            group.targets.add(call->request.subject, call->request.target);
        }
    }
    /// Whether later calls may share this one's answer.
    [[nodiscard]] bool leads(const Call& call) const { return leader_for(call.request).get() == &call; }
    /// The call leads no more.
    void close(const Call& call) {
        if (!leads(call)) return;
        Group& group = of(call.request);
        group.targets.remove(call.request.subject, call.request.target);
        group.leaders.erase(call.request.target);
    }
    /// The heir leads in place of the call.
    void replace(const Call& call, const std::shared_ptr<Call>& heir) {
        if (!leads(call)) return;
        close(call); // its text is the key, so the entry is made anew
        open(heir);
    }
    /// What is fetched now may be from before the write: nobody may join any more.
    void close_changed_by(const OperationRequest& write) {
        for (Group& group : groups_) {
            for (const std::string_view target : group.targets.take_changed_by(write)) group.leaders.erase(target);
        }
    }
    /// Nobody may join any flight any more.
    void clear() noexcept {
        for (Group& group : groups_) {
            group.targets.clear();
            group.leaders.clear();
        }
    }

private:
    /// The keys are texts of the calls that lead.
    struct Group {
        std::unordered_map<std::string_view, std::shared_ptr<Call>> leaders{};
        SubjectIndex targets{};
    };

    // A caller that takes any status gets an answer where another gets an error, so those two do not share.
    [[nodiscard]] Group& of(const OperationRequest& request) { return groups_[request.any_status ? 1 : 0]; }
    [[nodiscard]] const Group& of(const OperationRequest& request) const { return groups_[request.any_status ? 1 : 0]; }

    std::array<Group, 2> groups_{};
};

} // namespace fathom::detail
