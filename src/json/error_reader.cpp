#include "error_reader.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "../text/ascii.hpp"
#include "../text/number_text.hpp"
#include "../text/plain_text.hpp"

namespace fathom::detail::json {

namespace {

constexpr std::size_t most_fields = 16;
constexpr std::size_t longest_key = 80;
constexpr std::size_t longest_text = 300;

template <std::size_t Size>
constexpr bool is_one_of(std::string_view name, const std::array<std::string_view, Size>& names) {
    return std::ranges::any_of(names, [name](std::string_view one) { return equal_ignoring_case(one, name); });
}

constexpr std::array<std::string_view, 5> list_names{"errors", "violations", "invalid-params", "invalid_params",
                                                     "field_errors"};
constexpr std::array<std::string_view, 11> text_names{
    "message",      "messages", "detail", "details",     "error_description", "error_message",
    "errormessage", "msg",      "reason", "description", "faultstring"};
constexpr std::array<std::string_view, 3> title_names{"error", "title", "fault"};
constexpr std::array<std::string_view, 3> code_names{"code", "error_code", "type"};
constexpr std::array<std::string_view, 6> field_names{"field", "name", "param", "parameter", "path", "pointer"};
constexpr std::array<std::string_view, 4> status_names{"status", "statuscode", "status_code", "code"};

/// The members by which an answer says whether it worked.
constexpr std::array<std::string_view, 3> success_names{"success", "ok", "deleted"};

bool is_number(std::string_view name) { return name.find_first_not_of("0123456789") == std::string_view::npos; }

bool says_something(const Scalar& scalar) {
    switch (scalar.kind) {
    case Scalar::Kind::text: return !scalar.text.empty();
    case Scalar::Kind::boolean: return scalar.boolean;
    case Scalar::Kind::integer: return scalar.integer != 0;
    default: return false;
    }
}

bool says_no(const Scalar& scalar) {
    switch (scalar.kind) {
    case Scalar::Kind::text: return scalar.text == "false";
    case Scalar::Kind::boolean: return !scalar.boolean;
    case Scalar::Kind::integer: return scalar.integer == 0;
    default: return false;
    }
}

/// A word that says so, or the number of an HTTP error, which RFC 9457 repeats in the body.
bool is_bad_status(const Scalar& scalar) {
    constexpr std::array<std::string_view, 4> words{"error", "fail", "failed", "failure"};
    if (scalar.kind == Scalar::Kind::text && is_one_of(scalar.text, words)) return true;
    std::int64_t number = scalar.integer;
    const bool is_number = scalar.kind == Scalar::Kind::integer ||
                           (scalar.kind == Scalar::Kind::text && parse_integer(scalar.text, number));
    return is_number && number >= 400 && number <= 599;
}

} // namespace

ServerMessage ErrorReader::said() && {
    said_.message = text_of(std::move(whole_));
    for (const std::string& text : unnamed_) {
        if (said_.message.find(text) != std::string::npos) continue;
        if (!said_.message.empty()) said_.message.append("; ");
        said_.message.append(text);
    }
    if (said_.message.empty() && !said_.fields.empty()) said_.message = said_.fields.front().message;
    return std::move(said_);
}

bool ErrorReader::key(std::string_view name) {
    if (skipped_depth_ == 0) frames_.back().key = one_line(name, longest_key);
    return true;
}

bool ErrorReader::enter(bool is_array) {
    if (skipped_depth_ > 0 || frames_.size() == deepest) return ++skipped_depth_, true;
    frames_.push_back({.is_array = is_array});
    return true;
}

bool ErrorReader::leave() {
    if (skipped_depth_ > 0) return --skipped_depth_, true;
    const bool was_object = !frames_.back().is_array;
    frames_.pop_back();
    if (was_object && is_in_list() && holds_items()) {
        Item item = std::exchange(item_, {});
        std::string field = std::move(item.field);
        const bool is_keyed = frames_.size() > 1 && !frames_[1].key.empty() && !is_number(frames_[1].key);
        if (field.empty() && is_keyed) field = frames_[1].key;
        add(std::move(field), text_of(std::move(item)));
    }
    return true;
}

/// Whether the objects in the innermost container are errors: those of an array, or those that a field's name leads to.
bool ErrorReader::holds_items() const {
    if (frames_.back().is_array) return frames_.size() <= 3;
    return frames_.size() == 2 && !frames_.front().is_array;
}

/// Whether what comes belongs to the errors of a list rather than to the error as a whole.
bool ErrorReader::is_in_list() const {
    return !frames_.empty() && (frames_.front().is_array || is_one_of(frames_.front().key, list_names));
}

ErrorReader::Role ErrorReader::role_of(std::string_view key) noexcept {
    if (is_one_of(key, text_names)) return Role::text;
    if (is_one_of(key, title_names)) return Role::title;
    if (is_one_of(key, field_names)) return Role::field;
    return is_one_of(key, code_names) ? Role::code : Role::none;
}

void ErrorReader::take(Item& item, Role role, std::string_view text) {
    const auto fill = [text](std::string& member, std::size_t longest) {
        if (member.empty()) member = one_line(stripped(text), longest);
    };
    switch (role) {
    case Role::none: return;
    case Role::code: return fill(item.code, longest_key);
    case Role::field: return fill(item.field, longest_key);
    case Role::title: return fill(item.title, longest_text);
    case Role::text: return fill(item.text, longest_text);
    }
}

bool ErrorReader::scalar(const Scalar& scalar) {
    if (skipped_depth_ > 0) return true;
    note_refusal(scalar);
    if (scalar.kind != Scalar::Kind::text) return true;
    if (frames_.empty()) {
        take(whole_, Role::text, scalar.text);
    } else if (is_in_list()) {
        take_from_list(scalar.text);
    } else {
        take_from_whole(scalar.text);
    }
    return true;
}

/// `{"error": "…"}`, `{"error": {"message": "…"}}`, `{"error": ["…"]}`
void ErrorReader::take_from_whole(std::string_view text) {
    const Role outer = role_of(frames_.front().key);
    if (frames_.size() == 1) return take(whole_, outer, text);
    const bool is_about_error = outer == Role::title || outer == Role::text;
    if (!is_about_error || frames_.size() > 3) return;
    take(whole_, frames_.back().is_array ? outer : role_of(frames_.back().key), text);
}

void ErrorReader::take_from_list(std::string_view text) {
    const Frame& last = frames_.back();
    const bool is_item_member = !last.is_array && frames_.size() > 2;
    const bool is_item_of_bare_array = !last.is_array && frames_.front().is_array;
    if (is_item_member || is_item_of_bare_array) return take(item_, role_of(last.key), text);
    std::string field = frames_.size() > 1 ? frames_[1].key : std::string();
    if (is_number(field)) field.clear();
    add(std::move(field), one_line(stripped(text), longest_text));
}

void ErrorReader::note_refusal(const Scalar& scalar) {
    if (frames_.empty() || frames_.front().is_array) return;
    const std::string& root = frames_.front().key;
    if ((root == "error" || root == "errors") && says_something(scalar)) said_.is_refusal = true;
    if (frames_.size() > 1) return;
    if (is_one_of(root, success_names) && says_no(scalar)) said_.is_refusal = true;
    if (is_one_of(root, status_names) && is_bad_status(scalar)) said_.is_refusal = true;
}

void ErrorReader::add(std::string field, std::string text) {
    if (text.empty() || said_.fields.size() + unnamed_.size() == most_fields) return;
    if (field.empty()) {
        unnamed_.push_back(std::move(text));
    } else {
        said_.fields.push_back({std::move(field), std::move(text)});
    }
}

/// The title and the text, or what there is of them; a code where there is nothing else.
std::string ErrorReader::text_of(Item&& item) {
    if (item.text.empty()) std::swap(item.text, item.title);
    if (item.text.empty()) std::swap(item.text, item.code);
    if (item.title.empty() || item.text.find(item.title) != std::string::npos) return std::move(item.text);
    return item.title + ": " + item.text;
}

} // namespace fathom::detail::json
