#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "json.hpp"
#include "token_text.hpp"

namespace fathom::detail::json {

namespace {

/// Looks for texts at `error`, `message`, `error.message`, `errors.<field>`, `errors.<field>[]` and `errors[]`.
class ErrorReader {
public:
    [[nodiscard]] ServerMessage said() && {
        if (said_.message.empty() && !said_.fields.empty()) said_.message = said_.fields.front().message;
        return std::move(said_);
    }

    bool null() { return true; }
    bool boolean(bool) { return true; }
    bool number_integer(std::int64_t) { return true; }
    bool number_unsigned(std::uint64_t) { return true; }
    bool number_float(double, const TokenText&) { return true; }
    bool binary(Parser::binary_t&) { return true; }
    bool string(TokenText& value) {
        const std::string root = keys_.empty() ? "" : keys_.front();
        if (root == "errors") {
            take_field_message(std::string(value.view()));
        } else if ((root == "error" || root == "message") && is_message_place()) {
            if (said_.message.empty() || root == "error") said_.message = value.view();
        }
        return true;
    }
    bool start_object(std::size_t) { return enter(); }
    bool key(TokenText& name) {
        keys_.back() = name.view();
        return true;
    }
    bool end_object() { return leave(); }
    bool start_array(std::size_t) { return enter(); }
    bool end_array() { return leave(); }
    bool parse_error(std::size_t, const std::string&, const Parser::exception&) { return false; }

private:
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
    if (!Parser::sax_parse(body.data(), body.data() + body.size(), &reader)) return {};
    return std::move(reader).said();
}

} // namespace fathom::detail::json
