#include <chrono>
#include <memory>
#include <string>

#include <fathom/rate_limit.hpp>

#include "commands.hpp"

namespace fathom::cli {

namespace {

struct NoOptions {};

Record record_of_group(const std::string& name, const GroupQuota& quota, const RateLimit& limit) {
    const auto now = std::chrono::system_clock::now();
    const auto wait = std::chrono::ceil<std::chrono::seconds>(quota.next_permit_at - now).count();
    return {{"requests", name},
            {"free", quota.free_permits},
            {"of", limit.requests},
            {"window_seconds", limit.window.count()},
            {"next_in_seconds", wait > 0 ? wait : 0},
            {"in_flight", quota.pace.in_flight}};
}

void show_quota(const Session& session) {
    const Quota quota = session.client().quota();
    const RateLimits limits;
    session.show({.columns = {"requests", "free", "of", "window_seconds", "next_in_seconds", "in_flight"},
                  .records = {record_of_group("reports", quota.reports, limits.reports),
                              record_of_group("all others", quota.resources, limits.resources)}});
}

} // namespace

void add_quota(CLI::App& program, Session& session) {
    add_command(program, session, "quota",
                "Tell how many requests the limits leave, of what the runs of this program have used on this machine",
                std::make_shared<NoOptions>(), [&session](const NoOptions&) { show_quota(session); });
}

} // namespace fathom::cli
