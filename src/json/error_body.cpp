#include <string>
#include <utility>
#include <vector>

#include "json.hpp"
#include "parser.hpp"

namespace fathom::detail::json {

namespace {

/// Looks for texts at `error`, `message`, `error.message`, `errors.<field>`, `errors.<field>[]` and `errors[]`.
class ErrorReader {
public:
    [[nodiscard]] ServerMessage said() && {
        if (said_.message.empty() && !said_.fields.empty()) said_.message = said_.fields.front().message;
        return std::move(said_);
    }

    // What a Parser calls; false stops it.
    bool scalar(const Scalar& scalar) {
        if (scalar.kind == Scalar::Kind::text) take_text(scalar.text);
        return true;
    }
    bool start_object() { return enter(); }
    bool key(std::string_view name) {
        keys_.back() = name;
        return true;
    }
    bool end_object() { return leave(); }
    bool start_array() { return enter(); }
    bool end_array() { return leave(); }
    void broken_at(std::size_t) noexcept {}

private:
    void take_text(std::string_view text) {
        const std::string root = keys_.empty() ? "" : keys_.front();
        if (root == "errors") {
            take_field_message(std::string(text));
        } else if ((root == "error" || root == "message") && is_message_place()) {
            if (said_.message.empty() || root == "error") said_.message = text;
        }
    }
    bool enter() {
        keys_.emplace_back();
        constexpr std::size_t deepest = 16;
        return keys_.size() < deepest; // nobody explains an error that deep down
    }
    bool leave() {
        keys_.pop_back();
        return true;
    }
    [[nodiscard]] bool is_message_place() const {
        return keys_.size() == 1 || (keys_.size() == 2 && keys_.back() == "message");
    }
    void take_field_message(std::string message) {
        const bool has_field = keys_.size() >= 2 && !keys_[1].empty();
        if (has_field) {
            said_.fields.push_back({keys_[1], std::move(message)});
        } else if (said_.message.empty()) {
            said_.message = std::move(message);
        }
    }

    std::vector<std::string> keys_{}; // of the objects (and, empty, of the arrays) that are open
    ServerMessage said_{};
};

} // namespace

ServerMessage decode_error(std::string_view body) {
    ErrorReader reader;
    if (!parse(body, reader)) return {};
    return std::move(reader).said();
}

} // namespace fathom::detail::json
