/// @file
/// The way out: whole lines, from whatever thread.
#pragma once

#include <functional>
#include <iosfwd>
#include <memory>
#include <mutex>
#include <optional>

#include "message.hpp"

namespace fathom::cli::mcp {

/// Takes the answer to a message, once; nothing where there is none to give.
using Reply = std::function<void(std::optional<Json> answer)>;

class Outbox {
public:
    explicit Outbox(std::ostream& out) : out_(&out) {}

    void send(const Json& message);
    /// Nothing is sent from now on.
    void close();
    /// Whether nobody reads any more.
    [[nodiscard]] bool is_broken() const;

private:
    mutable std::mutex mutex_{};
    std::ostream* out_; // null when closed
};

/// Sends an answer by itself.
[[nodiscard]] Reply single_reply(std::shared_ptr<Outbox> outbox);
/// To be called once for each of so many messages: sends the answers to them as one array when the last is there.
[[nodiscard]] Reply batch_reply(std::shared_ptr<Outbox> outbox, std::size_t messages);

} // namespace fathom::cli::mcp
