#include "call.hpp"

#include <array>
#include <cstddef>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fathom/error.hpp>
#include <fathom/version.hpp>

#include "../exit_code.hpp"

namespace fathom::cli::mcp {

namespace {

Json text_content(const std::string& text) { return Json::array({{{"type", "text"}, {"text", text}}}); }

std::string text_of(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

/// What an option, or the service, calls an argument of the tools.
struct Renamed {
    std::string_view theirs;
    std::string_view ours;
};
constexpr std::array renamed{
    Renamed{"aggregates", "count"},    Renamed{"sort_by", "sort"},         Renamed{"entity_name", "event"},
    Renamed{"entity_id", "site_id"},   Renamed{"starting_after", "after"}, Renamed{"share_password", "password"},
    Renamed{"milestone_date", "date"}, Renamed{"field_grouping", "group"}, Renamed{"date_grouping", "by"},
    Renamed{"filters", "where"},       Renamed{"page_size", "limit"},      Renamed{"--timezone", "timezone"},
    Renamed{"--where", "where"}};

std::string in_words_of_tools(std::string text) {
    for (const auto& [theirs, ours] : renamed) {
        for (std::size_t at = 0; (at = text.find(theirs, at)) != std::string::npos; at += ours.size()) {
            text.replace(at, theirs.size(), ours);
        }
    }
    return text;
}

std::string_view remedy_for(const Error& error) {
    switch (error.kind) {
    case ErrorKind::not_found: return "list_sites, list_events and list_milestones tell what there is.";
    case ErrorKind::unauthorized:
    case ErrorKind::forbidden: return "Only the person who runs this server can give it another key.";
    case ErrorKind::truncated: return "Ask for fewer days, or group by less.";
    default: return {};
    }
}

/// For a model, which knows the tools and not the program.
std::string explanation_for_model(const Error& error) {
    const std::string_view remedy = remedy_for(error);
    const std::string text = explanation_of(error);
    const bool has_wait = error.available_at.has_value(); // which the second line tells
    const std::string told = in_words_of_tools(has_wait || remedy.empty() ? text : text.substr(0, text.find('\n')));
    return remedy.empty() ? told : told + '\n' + std::string(remedy);
}

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
        if (error.kind != ErrorKind::cancelled) result = failure(explanation_for_model(error), work.revision);
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
