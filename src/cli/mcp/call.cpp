#include "call.hpp"

#include <exception>
#include <optional>
#include <string>
#include <utility>

#include <fathom/error.hpp>
#include <fathom/version.hpp>

#include "../exit_code.hpp"

namespace fathom::cli::mcp {

namespace {

Json text_content(const std::string& text) { return Json::array({{{"type", "text"}, {"text", text}}}); }

std::string text_of(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

Json success(Json value, Revision revision) {
    Json result{{"content", text_content(text_of(value))}};
    if (has_structure(revision)) result["structuredContent"] = std::move(value);
    result["isError"] = false;
    return completed(std::move(result), revision);
}

Json failure(const std::string& text, Revision revision) {
    return completed({{"content", text_content(text)}, {"isError", true}}, revision);
}

Future<Json> outcome_of(const Tool* tool, ToolCall call) {
    if (const auto wrong = mismatch(tool->input, call.arguments)) throw UsageError(*wrong);
    co_return co_await tool->run(std::move(call));
}

Future<void> perform_and_reply(CallOfTool work) {
    std::optional<Json> result;
    try {
        result = success((co_await outcome_of(work.tool, std::move(work.call))).value(), work.revision);
    } catch (const Exception& failed) {
        const Error& error = failed.error();
        if (error.kind != ErrorKind::cancelled) result = failure(explanation_of(error), work.revision);
    } catch (const std::exception& problem) {
        result = failure(problem.what(), work.revision);
    }
    if (result) result = answer(work.id, *std::move(result));
    work.reply(std::move(result));
    work.calls->end(work.id);
}

} // namespace

Json completed(Json result, Revision revision) {
    if (!is_stateless(revision)) return result;
    result["resultType"] = "complete";
    result["_meta"]["io.modelcontextprotocol/serverInfo"] = {{"name", "fathom"}, {"version", version}};
    return result;
}

void perform(CallOfTool call) { perform_and_reply(std::move(call)).detach(); }

} // namespace fathom::cli::mcp
