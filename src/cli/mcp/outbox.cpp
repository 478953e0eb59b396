#include "outbox.hpp"

#include <ostream>
#include <utility>

namespace fathom::cli::mcp {

namespace {

struct Batch {
    explicit Batch(std::size_t messages) : messages_left(messages) {}

    std::mutex mutex{};
    Json answers = Json::array();
    std::size_t messages_left;
};

/// @return whether this was the last one
bool settle(Batch& batch, std::optional<Json> answer) {
    const std::lock_guard lock(batch.mutex);
    if (answer) batch.answers.push_back(*std::move(answer));
    return --batch.messages_left == 0;
}

} // namespace

void Outbox::send(const Json& message) {
    const std::string line = line_of(message);
    const std::lock_guard lock(mutex_);
    if (out_ != nullptr) *out_ << line << std::flush;
}

void Outbox::close() {
    const std::lock_guard lock(mutex_);
    out_ = nullptr;
}

bool Outbox::is_broken() const {
    const std::lock_guard lock(mutex_);
    return out_ == nullptr || !*out_;
}

Reply single_reply(std::shared_ptr<Outbox> outbox) {
    return [outbox = std::move(outbox)](const std::optional<Json>& answer) {
        if (answer) outbox->send(*answer);
    };
}

Reply batch_reply(std::shared_ptr<Outbox> outbox, std::size_t messages) {
    const auto batch = std::make_shared<Batch>(messages);
    return [outbox = std::move(outbox), batch](std::optional<Json> answer) {
        if (settle(*batch, std::move(answer)) && !batch->answers.empty()) outbox->send(batch->answers);
    };
}

} // namespace fathom::cli::mcp
