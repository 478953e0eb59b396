#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "../text/ascii.hpp"
#include "../text/html_text.hpp"
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

bool opens(std::string_view tag, std::string_view name) {
    return equal_ignoring_case(tag.substr(0, tag.find_first_of(" \t\r\n")), name);
}

/// What stands in the first element of that name, in markup of whatever kind.
std::string_view element(std::string_view markup, std::string_view name) {
    while (!markup.empty()) {
        take_until(markup, '<');
        if (opens(take_until(markup, '>'), name)) return stripped(markup.substr(0, markup.find('<')));
    }
    return {};
}

/// What a web page, such as a proxy sends, or an error in XML says at its start.
std::string headline(std::string_view body) {
    constexpr std::size_t searched = 4096;
    for (const std::string_view name : {"title", "h1", "message"}) {
        const std::string_view text = element(body.substr(0, searched), name);
        if (!text.empty()) return one_line(without_references(text), longest_plain_text);
    }
    return {};
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
    if (says_nothing(said)) said.message = headline(body);
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
