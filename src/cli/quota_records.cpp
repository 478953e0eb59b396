#include "quota_records.hpp"

#include <chrono>
#include <string>

namespace fathom::cli {

namespace {

Record record_of_group(const std::string& name, const GroupQuota& quota, const RateLimit& limit) {
    const auto now = std::chrono::system_clock::now();
    const auto wait = std::chrono::ceil<std::chrono::seconds>(quota.next_permit_at - now).count();
    return {{"requests", name},
            {"free", quota.free_permits},
            {"of", quota.pace.requests}, // fewer than the limit where the service has refused some
            {"window_seconds", limit.window.count()},
            {"next_in_seconds", wait > 0 ? wait : 0},
            {"in_flight", quota.pace.in_flight},
            {"waiting", quota.pace.waiting}};
}

} // namespace

std::vector<Record> records_of(const Quota& quota) {
    const RateLimits limits;
    return {record_of_group("reports", quota.reports, limits.reports),
            record_of_group("all others", quota.resources, limits.resources)};
}

} // namespace fathom::cli
