#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "../text/plain_text.hpp"
#include "error_reader.hpp"
#include "json.hpp"
#include "not_json.hpp"
#include "repair.hpp"

namespace fathom::detail::json {

namespace {

constexpr std::size_t longest_plain_text = 300;

/// What was read until the body ends, or ceases to be JSON, is better than nothing.
ServerMessage read_error(std::string_view body, bool& is_json) {
    ErrorReader reader;
    is_json = parse(body, reader).is_whole;
    return std::move(reader).said();
}

bool says_nothing(const ServerMessage& said) { return said.message.empty() && said.fields.empty(); }

/// The text of a body that is neither JSON nor a web page: what a proxy or a load balancer says.
std::string plain_text(std::string_view body) {
    const std::string_view text = stripped(body);
    const bool is_text = !text.empty() && text.front() != '<' && not_json(text);
    return is_text ? one_line(text, longest_plain_text) : std::string();
}

/// The title of a web page, such as a proxy sends.
std::string page_title(std::string_view body) {
    constexpr std::size_t searched = 4096; // it stands at the start
    constexpr std::string_view opening = "<title>";
    const std::string_view head = body.substr(0, searched);
    const std::size_t start = head.find(opening);
    if (start == std::string_view::npos) return {};
    const std::string_view title = head.substr(start + opening.size());
    return one_line(stripped(title.substr(0, title.find('<'))), longest_plain_text);
}

} // namespace

ServerMessage decode_error(std::string_view body) {
    bool is_json = false;
    ServerMessage said = read_error(body, is_json);
    if (is_json) return said;
    if (says_nothing(said)) {
        if (const std::optional<Repaired> repaired = repair(body)) said = read_error(repaired->body, is_json);
    }
    if (says_nothing(said)) said.message = plain_text(body);
    if (says_nothing(said)) said.message = page_title(body);
    return said;
}

std::optional<Error> refusal_in(std::string_view body, const Error* unreadable) {
    bool is_json = false;
    ServerMessage said = read_error(body, is_json);
    if (!said.is_refusal && (unreadable == nullptr || says_nothing(said))) return std::nullopt;
    std::string message = "the service answered with an error although the status is a success";
    if (!said.message.empty()) message.append(": ").append(said.message);
    if (!said.is_refusal) message = unreadable->message + "; the service says: " + said.message;
    return Error{.kind = ErrorKind::decode, .message = std::move(message), .fields = std::move(said.fields)};
}

} // namespace fathom::detail::json
