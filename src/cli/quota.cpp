#include <memory>

#include "commands.hpp"
#include "quota_records.hpp"

namespace fathom::cli {

namespace {

struct NoOptions {};

void show_quota(const Session& session) {
    session.show({.columns = {"requests", "free", "of", "window_seconds", "next_in_seconds", "in_flight", "waiting"},
                  .records = records_of(session.client(session.credentials()).quota())});
}

} // namespace

void add_quota(CLI::App& program, Session& session) {
    add_command(program, session, "quota",
                "Tell how many requests the limits leave, of what the runs of this program have used on this machine",
                std::make_shared<NoOptions>(), [&session](const NoOptions&) { show_quota(session); });
}

} // namespace fathom::cli
