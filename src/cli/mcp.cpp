#include <chrono>
#include <memory>
#include <utility>
#include <vector>

#include <fathom/async_client.hpp>

#include "commands.hpp"
#include "exit_code.hpp"
#include "mcp/server.hpp"

namespace fathom::cli {

namespace {

struct McpOptions {
    bool may_write = false;
};

/// Clients of the protocol give a call up after a minute, and then nobody gets what it cost.
constexpr std::chrono::seconds usual_timeout{50};

std::vector<mcp::Tool> tools_for(const McpOptions& options) {
    std::vector<mcp::Tool> tools = mcp::reading_tools();
    const auto add = [&](std::vector<mcp::Tool> more) {
        for (mcp::Tool& tool : more) tools.push_back(std::move(tool));
    };
    add(mcp::report_tools());
    if (options.may_write) add(mcp::writing_tools());
    return tools;
}

void serve(const Session& session, const McpOptions& options) {
    if (session.may_only_tell)
        throw UsageError("--dry-run does not go with mcp, which changes nothing without --allow-write");
    const std::chrono::seconds timeout =
        session.timeout_seconds ? std::chrono::seconds{*session.timeout_seconds} : usual_timeout;
    mcp::Server server(AsyncClient(session.client(session.credentials())), tools_for(options), timeout,
                       session.console.out);
    server.serve(session.console.in);
}

} // namespace

void add_mcp(CLI::App& program, Session& session) {
    const auto options = std::make_shared<McpOptions>();
    CLI::App& command = *add_command(program, session, "mcp",
                                     "Serve assistants over the Model Context Protocol on the standard streams",
                                     options, [&session](const McpOptions& given) { serve(session, given); });
    command.add_flag("--allow-write", options->may_write, "Also offer what creates, changes and destroys");
}

} // namespace fathom::cli
