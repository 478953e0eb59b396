/// @file
/// JSON-RPC 2.0: what a client says, and how it is answered.
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>

#include <nlohmann/json.hpp>

namespace fathom::cli::mcp {

using Json = nlohmann::ordered_json;

/// Those of JSON-RPC, and of the Model Context Protocol.
enum class ErrorCode : std::int16_t {
    parse_error = -32700,
    invalid_request = -32600,
    method_not_found = -32601,
    invalid_params = -32602,
    internal_error = -32603,
    unsupported_revision = -32022,
};

/// A message that breaks the protocol.
class ProtocolError : public std::runtime_error {
public:
    ProtocolError(ErrorCode code, const std::string& message, Json data = nullptr);
    [[nodiscard]] ErrorCode code() const noexcept { return code_; }
    /// Null where there is no more to say than the message does.
    [[nodiscard]] const Json& data() const noexcept { return data_; }

private:
    ErrorCode code_;
    Json data_;
};

/// A request, or a notification, which has no id and is not answered.
struct Message {
    Json id{};
    std::string method{};
    Json params = Json::object();

    [[nodiscard]] bool is_notification() const { return id.is_null(); }
};

/// @throw ProtocolError where the line is no JSON
[[nodiscard]] Json parsed(const std::string& line);
/// Its id, where it has one that an answer can have; else null.
[[nodiscard]] Json id_of(const Json& json);
/// Nothing where it is the client's answer to a request, since none is made.
/// @throw ProtocolError where it is no message
[[nodiscard]] std::optional<Message> message_of(const Json& json);

[[nodiscard]] Json answer(const Json& id, Json result);
[[nodiscard]] Json answer(const Json& id, const ProtocolError& error);
[[nodiscard]] Json notification(const std::string& method, Json params);

/// In one line, whatever is in it.
[[nodiscard]] std::string line_of(const Json& message);

} // namespace fathom::cli::mcp
