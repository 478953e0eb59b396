/// @file
/// A tool: what an assistant may call.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <fathom/async_client.hpp>
#include <fathom/call_options.hpp>
#include <fathom/future.hpp>
#include <fathom/ids.hpp>

#include "message.hpp"
#include "revision.hpp"
#include "schema.hpp"

namespace fathom::cli::mcp {

/// What a tool may do to an account.
enum class Effect : std::uint8_t {
    reads,
    adds,       ///< What is there stays.
    overwrites, ///< What is there may become something else.
    destroys,   ///< It cannot be undone.
};

/// A call whose arguments follow the tool's schema.
struct ToolCall {
    AsyncClient client;
    Json arguments;
    CallOptions options;

    [[nodiscard]] SiteId site() const { return SiteId(arguments.at("site_id").get<std::string>()); }
    [[nodiscard]] std::string text(const char* name) const { return arguments.at(name).get<std::string>(); }
    [[nodiscard]] std::optional<std::string> find(const char* name) const {
        return arguments.contains(name) ? std::optional(text(name)) : std::nullopt;
    }
    [[nodiscard]] bool has(const char* name) const { return arguments.value(name, false); }
};

struct Tool {
    std::string name;
    std::string title;
    std::string description; ///< What it does, costs and endangers, for a model.
    Effect effect;
    bool asks_service; ///< Or the program alone knows the answer.
    Json input;
    Json output;
    Future<Json> (*run)(ToolCall call); ///< A coroutine; its outcome follows `output`.
};

/// The tool as a client of that revision is shown it.
[[nodiscard]] Json description_of(const Tool& tool, Revision revision);

// The ends of descriptions: what a call costs.
inline constexpr const char* costs_one = " Cost: one request of 2,000 an hour, billed like one pageview.";
inline constexpr const char* costs_one_report = " Cost: one request of 10 a minute, which all reports and visitor "
                                                "counts share, billed like one pageview. Waits for "
                                                "its turn, or says when it can be called again.";

[[nodiscard]] inline Member site_member() {
    return {"site_id", text("Id of the site, such as CDBUGS; list_sites has them"), Presence::required};
}

/// Those that read: sites, events, milestones, visitors, quota.
[[nodiscard]] std::vector<Tool> reading_tools();
/// Those that count what was.
[[nodiscard]] std::vector<Tool> report_tools();
/// Those that change or destroy something.
[[nodiscard]] std::vector<Tool> writing_tools();

} // namespace fathom::cli::mcp
