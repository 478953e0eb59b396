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

constexpr std::array<std::string_view, 7> list_names{"errors",       "violations", "invalid-params", "invalid_params",
                                                     "field_errors", "messages",   "details"};
constexpr std::array<std::string_view, 11> text_names{
    "message",      "messages", "detail", "details",     "error_description", "error_message",
    "errormessage", "msg",      "reason", "description", "faultstring"};
constexpr std::array<std::string_view, 3> title_names{"error", "title", "fault"};
constexpr std::array<std::string_view, 3> code_names{"code", "error_code", "type"};
constexpr std::array<std::string_view, 6> field_names{"field", "name", "param", "parameter", "path", "pointer"};
constexpr std::array<std::string_view, 4> status_names{"status", "statuscode", "status_code", "code"};

constexpr std::array<std::string_view, 3> error_names{"error", "errors", "fault"};

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

/// Puts one of several texts behind the others, as long as there is room.
void append(std::string& joined, std::string_view text) {
    if (joined.size() < longest_text)
        joined = one_line(joined + (joined.empty() ? "" : "; ") + std::string(stripped(text)), longest_text);
}

void append_missing(std::string& message, const std::vector<std::string>& texts) {
    for (const std::string& text : texts) {
        if (message.find(text) != std::string::npos) continue;
        if (!message.empty()) message.append("; ");
        message.append(text);
    }
}

} // namespace

bool names_an_error(std::string_view name) noexcept { return is_one_of(name, error_names); }

ServerMessage ErrorReader::said() && {
    said_.message = text_of(std::move(whole_));
    append_missing(said_.message, unnamed_);
    if (said_.message.empty()) append_missing(said_.message, nested_);
    const bool is_silent = said_.message.empty() && said_.fields.empty();
    if (is_silent) said_.fields = std::move(members_);
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
    const std::span<const Frame> list = this->list();
    if (was_object && holds_items(list)) {
        Item item = std::exchange(item_, {});
        std::string field = std::move(item.field);
        if (field.empty()) field = field_of(list);
        add(std::move(field), text_of(std::move(item)), list.size() < frames_.size());
    }
    return true;
}

/// The containers of what comes, from the one whose member is a list of errors on; none where what comes belongs to the
/// error as a whole.
std::span<const ErrorReader::Frame> ErrorReader::list() const {
    const std::span<const Frame> all = frames_;
    if (all.empty()) return {};
    if (all[0].is_array || is_one_of(all[0].key, list_names)) return all;
    const Role outer = role_of(all[0].key);
    const bool is_within =
        all.size() > 1 && (outer == Role::title || outer == Role::text) && is_one_of(all[1].key, list_names);
    return is_within ? all.subspan(1) : std::span<const Frame>();
}

/// Whether the objects in the innermost container are errors: those of an array, or those that a field's name leads to.
bool ErrorReader::holds_items(std::span<const Frame> list) {
    if (list.empty()) return false;
    if (list.back().is_array) return list.size() <= 3;
    return list.size() == 2 && !list.front().is_array;
}

/// The field whose errors come, where a list has them by field.
std::string ErrorReader::field_of(std::span<const Frame> list) {
    return list.size() > 1 && !is_number(list[1].key) ? list[1].key : std::string();
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
    const std::span<const Frame> list = this->list();
    const bool is_text_of_whole = list.size() == 1 && role_of(list.front().key) == Role::text;
    if (frames_.empty()) {
        take(whole_, Role::text, scalar.text);
    } else if (!list.empty() && !is_text_of_whole) {
        take_from_list(list, scalar.text);
    } else {
        take_from_whole(scalar.text);
    }
    return true;
}

/// `{"error": "…"}`, `{"error": {"message": "…"}}`, `{"error": ["…"]}`, `{"error": {"name": ["…"]}}`
void ErrorReader::take_from_whole(std::string_view text) {
    const Role outer = role_of(frames_.front().key);
    if (frames_.size() == 1) return take(whole_, outer, text);
    const bool is_about_error = outer == Role::title || outer == Role::text;
    if (!is_about_error || frames_.size() > 3) return;
    if (frames_.size() == 2 && frames_.back().is_array)
        return append(outer == Role::title ? whole_.title : whole_.text, text);
    const Role inner = role_of(frames_.back().is_array ? frames_[1].key : frames_.back().key);
    if (inner != Role::none && inner != Role::field) return take(whole_, inner, text);
    const std::string& name = frames_[1].is_array ? frames_.back().key : frames_[1].key;
    if (name.empty()) return append(whole_.text, text);
    if (members_.size() < most_fields) members_.push_back({name, one_line(stripped(text), longest_text)});
}

void ErrorReader::take_from_item(const std::string& field, Role role, std::string_view text) {
    // Under a field's name stand the rules that it breaks; in other errors stand ids too, which are no words for people.
    const bool is_for_people = !field.empty() || text.find(' ') != std::string_view::npos;
    if (role == Role::none && is_for_people) return append(item_.other, text);
    take(item_, role, text);
}

void ErrorReader::take_from_list(std::span<const Frame> list, std::string_view text) {
    const Frame& last = list.back();
    const bool is_item_member = !last.is_array && list.size() > 2;
    const bool is_item_of_bare_array = !last.is_array && list.front().is_array;
    if (is_item_member || is_item_of_bare_array) return take_from_item(field_of(list), role_of(last.key), text);
    add(field_of(list), one_line(stripped(text), longest_text), list.size() < frames_.size());
}

void ErrorReader::note_refusal(const Scalar& scalar) {
    if (frames_.empty()) said_.is_refusal = scalar.kind == Scalar::Kind::boolean && !scalar.boolean;
    if (frames_.empty() || frames_.front().is_array) return;
    const std::string& root = frames_.front().key;
    if (names_an_error(root) && says_something(scalar)) said_.is_refusal = true;
    if (frames_.size() > 1) return;
    if (is_one_of(root, success_names) && says_no(scalar)) said_.is_refusal = true;
    if (is_one_of(root, status_names) && is_bad_status(scalar)) said_.is_refusal = true;
}

void ErrorReader::add(std::string field, std::string text, bool is_nested) {
    if (text.empty() || said_.fields.size() + unnamed_.size() + nested_.size() == most_fields) return;
    if (!field.empty()) {
        said_.fields.push_back({std::move(field), std::move(text)});
    } else {
        (is_nested ? nested_ : unnamed_).push_back(std::move(text));
    }
}

/// The title and the text, or what there is of them; a code where there is nothing else.
std::string ErrorReader::text_of(Item&& item) {
    for (std::string* next : {&item.title, &item.other, &item.code}) {
        if (item.text.empty()) std::swap(item.text, *next);
    }
    if (item.title.empty() || item.text.find(item.title) != std::string::npos) return std::move(item.text);
    return item.title + ": " + item.text;
}

} // namespace fathom::detail::json
