#include <memory>

#include "commands.hpp"
#include "quota_records.hpp"
#include "shared_limit.hpp"

namespace fathom::cli {

namespace {

struct NoOptions {};

void show_quota(const Session& session) {
    const StoredAccount account = session.credentials();
    require_usable(shared_limit(session.console, account)); // else nothing would have been used
    session.show({.columns = {"requests", "free", "of", "window_seconds", "next_in_seconds", "in_flight", "waiting"},
                  .records = records_of(session.client(account).quota())});
}

} // namespace

void add_quota(CLI::App& program, Session& session) {
    add_command(program, session, "quota",
                "Tell how many requests the limits leave, of what the runs of this program have used on this machine",
                std::make_shared<NoOptions>(), [&session](const NoOptions&) { show_quota(session); });
}

} // namespace fathom::cli
