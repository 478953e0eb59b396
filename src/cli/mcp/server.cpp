#include "server.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

#include <fathom/limit_notice.hpp>
#include <fathom/version.hpp>

#include "call.hpp"
#include "lines.hpp"

namespace fathom::cli::mcp {

namespace {

constexpr std::size_t longest_line = 1'000'000;
/// So long may a client keep the list of tools, which stays as it is while this runs.
constexpr std::chrono::seconds between_words{10};
constexpr int tools_last_for_ms = 3'600'000;
constexpr const char* revision_key = "io.modelcontextprotocol/protocolVersion";
constexpr const char* capabilities_key = "io.modelcontextprotocol/clientCapabilities";

constexpr const char* instructions = "Web statistics by Fathom Analytics. Every request is billed like one pageview, "
                                     "and reports are limited to 10 a minute, "
                                     "so fetch much with one report (a range of days, by day or by page) rather than "
                                     "little with many. Begin with list_sites "
                                     "for the ids. Days are days of the site's time zone.";

Json names_of_revisions() {
    Json names = Json::array();
    for (const Revision revision : all_revisions) names.push_back(to_string(revision));
    return names;
}

Json capabilities() { return {{"tools", Json::object()}}; }

/// Of a request that names its revision itself.
const Json* envelope_of(const Message& message) {
    const auto meta = message.params.find("_meta");
    if (meta == message.params.end() || !meta->is_object() || !meta->contains(revision_key)) return nullptr;
    return &*meta;
}

Revision revision_in(const Json& envelope) {
    const Json& name = envelope[revision_key];
    if (!name.is_string()) throw ProtocolError(ErrorCode::invalid_params, std::string(revision_key) + " is not a text");
    if (!envelope.contains(capabilities_key) || !envelope[capabilities_key].is_object()) {
        throw ProtocolError(ErrorCode::invalid_params, std::string(capabilities_key) + " is missing from _meta");
    }
    const auto revision = revision_named(name.get<std::string>());
    if (revision && is_stateless(*revision)) return *revision;
    throw ProtocolError(ErrorCode::unsupported_revision, "Unsupported protocol version",
                        {{"supported", names_of_revisions()}, {"requested", name}});
}

Json arguments_of(const Message& request) {
    Json arguments = request.params.value("arguments", Json::object());
    if (arguments.is_null()) return Json::object();
    if (!arguments.is_object()) throw ProtocolError(ErrorCode::invalid_params, "arguments is not an object");
    return arguments;
}

std::string sentence_of(const LimitWait& wait) {
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait.expected).count();
    return "Waits " + std::to_string(seconds) + " s for the limit";
}

/// A client that hears of the wait again and again does not take it for a call that hangs.
/// @param end when the call has ended
Future<void> tell_wait(std::shared_ptr<Outbox> outbox, Json token, std::shared_ptr<LimitNotice> notice,
                       AsyncClient client, std::stop_token end) {
    auto begun = notice->wait();
    notice.reset(); // which the call holds
    const Result<std::optional<LimitWait>> wait = co_await std::move(begun);
    if (!wait || !*wait) co_return;
    const auto tell = [&](int progress, const std::string& sentence) {
        outbox->send(notification("notifications/progress",
                                  {{"progressToken", token}, {"progress", progress}, {"message", sentence}}));
    };
    if ((*wait)->expected > std::chrono::seconds{0}) tell(0, sentence_of(**wait));
    for (int progress = 1;; ++progress) {
        auto pause = client.sleep_for(between_words, end);
        if (!co_await std::move(pause)) co_return;
        tell(progress, "Still waiting");
    }
}

} // namespace

Server::Server(AsyncClient client, std::vector<Tool> tools, std::chrono::milliseconds timeout, std::ostream& out)
    : client_(std::move(client)), tools_(std::move(tools)), timeout_(timeout), outbox_(std::make_shared<Outbox>(out)) {}

void Server::serve(std::istream& in) {
    Lines lines(in, longest_line);
    while (const auto line = lines.next()) {
        if (outbox_->is_broken()) break;
        if (line->is_too_long) {
            outbox_->send(answer(nullptr, ProtocolError(ErrorCode::invalid_request, "The line is longer than 1 MB")));
        } else if (line->text.find_first_not_of(" \t") != std::string::npos) {
            take(line->text);
        }
    }
    if (outbox_->is_broken()) calls_->cancel_all();
    calls_->wait_for_all();
    outbox_->close(); // a notice may still be on its way
}

void Server::take(const std::string& line) {
    try {
        const Json json = parsed(line);
        json.is_array() ? take_batch(json) : take(json, single_reply(outbox_));
    } catch (const ProtocolError& error) {
        outbox_->send(answer(nullptr, error));
    }
}

void Server::take_batch(const Json& messages) {
    if (!revision_ || !has_batches(*revision_)) {
        throw ProtocolError(ErrorCode::invalid_request, "Batches are part of revision 2025-03-26 only");
    }
    if (messages.empty()) throw ProtocolError(ErrorCode::invalid_request, "The batch is empty");
    const Reply reply = batch_reply(outbox_, messages.size());
    for (const Json& message : messages) take(message, reply);
}

void Server::take(const Json& json, const Reply& reply) {
    try {
        const std::optional<Message> message = message_of(json);
        if (message && !message->is_notification()) return answer_request(*message, reply);
        if (message) note(*message);
        reply(std::nullopt);
    } catch (const ProtocolError& error) {
        // What has no id is a notification, which is never answered, or nothing that could be read as a message.
        const bool is_notification = json.is_object() && json.contains("method") && !json.contains("id");
        reply(is_notification ? std::nullopt : std::optional(answer(id_of(json), error)));
    }
}

void Server::note(const Message& notification) {
    if (notification.method == "notifications/cancelled")
        calls_->cancel(notification.params.value("requestId", Json()));
}

void Server::answer_request(const Message& request, const Reply& reply) {
    const auto finish = [&](Json result) { reply(answer(request.id, std::move(result))); };
    if (request.method == "initialize") return finish(initialize(request));
    if (request.method == "ping" && envelope_of(request) == nullptr) return finish(Json::object());
    const Revision revision = revision_of(request);
    if (request.method == "tools/list") return finish(list_tools(request, revision));
    if (request.method == "tools/call") return start_call(request, revision, reply);
    if (request.method == "server/discover" && is_stateless(revision)) return finish(discover());
    throw ProtocolError(ErrorCode::method_not_found, "There is no method " + request.method);
}

Revision Server::revision_of(const Message& request) const {
    if (const Json* const envelope = envelope_of(request)) return revision_in(*envelope);
    if (revision_) return *revision_;
    if (request.method == "server/discover") throw ProtocolError(ErrorCode::invalid_params, "_meta names no revision");
    throw ProtocolError(ErrorCode::invalid_request, "Call initialize first, or name the revision in _meta");
}

Json Server::initialize(const Message& request) {
    const auto wanted = request.params.find("protocolVersion");
    if (wanted == request.params.end() || !wanted->is_string()) {
        throw ProtocolError(ErrorCode::invalid_params, "protocolVersion is missing");
    }
    if (revision_) throw ProtocolError(ErrorCode::invalid_request, "This session is initialized");
    revision_ = negotiated(wanted->get<std::string>());
    Json info{{"name", "fathom"}};
    if (has_structure(*revision_)) info["title"] = "Fathom Analytics";
    info["version"] = version;
    return {{"protocolVersion", to_string(*revision_)},
            {"capabilities", capabilities()},
            {"serverInfo", std::move(info)},
            {"instructions", instructions}};
}

Json Server::discover() const {
    return completed({{"supportedVersions", names_of_revisions()},
                      {"capabilities", capabilities()},
                      {"instructions", instructions},
                      {"ttlMs", tools_last_for_ms},
                      {"cacheScope", "private"}},
                     Revision::of_2026_07);
}

Json Server::list_tools(const Message& request, Revision revision) const {
    if (request.params.contains("cursor")) {
        throw ProtocolError(ErrorCode::invalid_params, "cursor is unknown: the list has one page");
    }
    Json tools = Json::array();
    for (const Tool& tool : tools_) tools.push_back(description_of(tool, revision));
    Json result{{"tools", std::move(tools)}};
    if (is_stateless(revision)) result.update({{"ttlMs", tools_last_for_ms}, {"cacheScope", "private"}});
    return completed(std::move(result), revision);
}

void Server::start_call(const Message& request, Revision revision, const Reply& reply) {
    const Tool& tool = tool_of(request);
    ToolCall call{.client = client_, .arguments = arguments_of(request), .options = {.timeout = timeout_}};
    call.options.stop = calls_->begin(request.id);
    call.options.limit_notice = notice_for(request, call.options.stop);
    perform({.tool = &tool,
             .call = std::move(call),
             .id = request.id,
             .revision = revision,
             .reply = reply,
             .calls = calls_});
}

const Tool& Server::tool_of(const Message& request) const {
    const Json name = request.params.value("name", Json());
    const auto found = std::ranges::find_if(tools_, [&](const Tool& tool) { return name == tool.name; });
    if (found == tools_.end()) throw ProtocolError(ErrorCode::invalid_params, "Unknown tool: " + name.dump());
    return *found;
}

std::shared_ptr<LimitNotice> Server::notice_for(const Message& request, const std::stop_token& end) const {
    const Json meta = request.params.value("_meta", Json::object());
    const Json token = meta.is_object() ? meta.value("progressToken", Json()) : Json();
    if (!token.is_string() && !token.is_number()) return nullptr;
    auto notice = std::make_shared<LimitNotice>();
    tell_wait(outbox_, token, notice, client_, end).detach();
    return notice;
}

} // namespace fathom::cli::mcp
