#include "message.hpp"

#include <cmath>
#include <cstdint>
#include <utility>

namespace fathom::cli::mcp {

namespace {

/// Levels of JSON in a line; messages of the protocol have seven.
constexpr int deepest = 100;

/// JavaScript knows one kind of number, and some of its programs write `1.0` for 1, which JSON Schema takes for an integer.
void write_whole_numbers_as_integers(Json& json) {
    constexpr double first_inexact = 9'007'199'254'740'992.0;
    for (Json& member : json) {
        if (member.is_structured()) write_whole_numbers_as_integers(member);
        if (!member.is_number_float()) continue;
        const double number = member.get<double>();
        if (std::trunc(number) == number && std::abs(number) < first_inexact)
            member = static_cast<std::int64_t>(number);
    }
}

} // namespace

ProtocolError::ProtocolError(ErrorCode code, const std::string& message, Json data)
    : std::runtime_error(message), code_(code), data_(std::move(data)) {}

Json parsed(const std::string& line) {
    // Copies of JSON take a piece of the stack for each level.
    const auto refuse_depth = [](int depth, Json::parse_event_t, const Json&) {
        if (depth > deepest) throw ProtocolError(ErrorCode::parse_error, "The line is nested too deeply");
        return true;
    };
    Json json = Json::parse(line, refuse_depth, false);
    if (json.is_discarded()) throw ProtocolError(ErrorCode::parse_error, "The line is not JSON in UTF-8");
    if (json.is_structured()) write_whole_numbers_as_integers(json);
    return json;
}

Json id_of(const Json& json) {
    if (!json.is_object() || !json.contains("id")) return nullptr;
    const Json& id = json["id"];
    return id.is_string() || id.is_number_integer() ? id : Json(nullptr);
}

std::optional<Message> message_of(const Json& json) {
    if (!json.is_object()) throw ProtocolError(ErrorCode::invalid_request, "A message is a JSON object");
    if (json.value("jsonrpc", Json()) != "2.0") {
        throw ProtocolError(ErrorCode::invalid_request, "jsonrpc is not \"2.0\"");
    }
    if (!json.contains("method") && (json.contains("result") || json.contains("error"))) return std::nullopt;
    if (!json.contains("method") || !json["method"].is_string()) {
        throw ProtocolError(ErrorCode::invalid_request, "method is not a text");
    }
    Message message{.id = id_of(json), .method = json["method"].get<std::string>()};
    if (json.contains("id") && message.id.is_null()) {
        throw ProtocolError(ErrorCode::invalid_request, "id is neither a text nor an integer");
    }
    if (json.contains("params")) message.params = json["params"];
    if (!message.params.is_object()) throw ProtocolError(ErrorCode::invalid_params, "params is not an object");
    return message;
}

Json answer(const Json& id, Json result) { return {{"jsonrpc", "2.0"}, {"id", id}, {"result", std::move(result)}}; }

Json answer(const Json& id, const ProtocolError& error) {
    Json body{{"code", static_cast<int>(error.code())}, {"message", error.what()}};
    if (!error.data().is_null()) body["data"] = error.data();
    return {{"jsonrpc", "2.0"}, {"id", id}, {"error", std::move(body)}};
}

Json notification(const std::string& method, Json params) {
    return {{"jsonrpc", "2.0"}, {"method", method}, {"params", std::move(params)}};
}

std::string line_of(const Json& message) { return message.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n'; }

} // namespace fathom::cli::mcp
