/// @file
/// A server of the Model Context Protocol over two streams.
#pragma once

#include <chrono>
#include <iosfwd>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include <fathom/async_client.hpp>

#include "calls.hpp"
#include "message.hpp"
#include "outbox.hpp"
#include "revision.hpp"
#include "tool.hpp"

namespace fathom::cli::mcp {

/// Answers calls in the order in which they are done, so that one that waits for the limit holds up no other message. Knows
/// both ways to begin: the handshake, and requests that name their revision.
class Server {
public:
    /// @param timeout longest that a call may take
    Server(AsyncClient client, std::vector<Tool> tools, std::chrono::milliseconds timeout, std::ostream& out);

    /// Serves until the input ends, then until all is answered that was asked; or until nobody reads the answers.
    void serve(std::istream& in);

private:
    void take(const std::string& line);
    void take_batch(const Json& messages);
    void take(const Json& json, const Reply& reply);
    void note(const Message& notification);
    void answer_request(const Message& request, const Reply& reply);

    [[nodiscard]] Revision revision_of(const Message& request) const;
    [[nodiscard]] Json initialize(const Message& request);
    [[nodiscard]] Json discover() const;
    [[nodiscard]] Json list_tools(const Message& request, Revision revision) const;
    void start_call(const Message& request, Revision revision, const Reply& reply);
    [[nodiscard]] const Tool& tool_of(const Message& request) const;
    [[nodiscard]] std::shared_ptr<LimitNotice> notice_for(const Message& request, const std::stop_token& end) const;

    AsyncClient client_;
    std::vector<Tool> tools_;
    std::chrono::milliseconds timeout_;
    std::shared_ptr<Outbox> outbox_;
    std::shared_ptr<Calls> calls_ = std::make_shared<Calls>();
    std::optional<Revision> revision_{}; // after a handshake
};

} // namespace fathom::cli::mcp
