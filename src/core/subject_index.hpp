/// @file
/// Entries by what they are about.
#pragma once

#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "request.hpp"

namespace fathom::detail {

/// Finds the targets that a write makes stale, at the cost of those alone. The targets' texts are the owner's.
class SubjectIndex {
public:
    void add(const Subject& subject, std::string_view target) { targets_[subject].insert(target); }
    void remove(const Subject& subject, std::string_view target) {
        const auto found = targets_.find(subject);
        if (found == targets_.end()) return;
        found->second.erase(target);
        if (found->second.empty()) targets_.erase(found);
    }

    void clear() noexcept { targets_.clear(); }

    /// Takes out the targets that a write makes stale.
    [[nodiscard]] std::vector<std::string_view> take_changed_by(const OperationRequest& write) {
        const WriteKind kind = write.method == HttpMethod::delete_ ? WriteKind::removal : WriteKind::change;
        const std::vector<Subject> changed = changed_by(write.subject, kind);
        std::vector<std::string_view> taken;
        const auto take = [&](auto place) {
            taken.insert(taken.end(), place->second.begin(), place->second.end());
            return targets_.erase(place);
        };
        if (changed.empty()) {
            for (auto place = targets_.begin(); place != targets_.end();) place = take(place);
        }
        for (const Subject& subject : changed) {
            if (const auto place = targets_.find(subject); place != targets_.end()) take(place);
        }
        return taken;
    }

private:
    std::unordered_map<Subject, std::unordered_set<std::string_view>, SubjectHash> targets_{};
};

} // namespace fathom::detail
