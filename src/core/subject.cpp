#include "subject.hpp"

namespace fathom::detail {

std::vector<Subject> changed_by(const Subject& written, WriteKind kind) {
    // Reads of an unknown subject may be about anything.
    std::vector<Subject> changed{{}};
    const auto add = [&](Resource resource, const std::string& site) { changed.push_back({resource, site}); };
    switch (written.resource) {
    case Resource::unknown: return {};
    case Resource::sites:
        add(Resource::sites, {}); // the list
        if (written.site.empty()) break;
        for (const Resource resource : {Resource::sites, Resource::events, Resource::milestones, Resource::reports}) {
            add(resource, written.site);
        }
        break;
    case Resource::events:
        add(Resource::events, written.site);
        if (kind == WriteKind::removal) add(Resource::reports, written.site);
        break;
    case Resource::account:
    case Resource::milestones:
    case Resource::reports: add(written.resource, written.site); break;
    }
    return changed;
}

} // namespace fathom::detail
