#include "redaction.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <utility>
#include <vector>

#include "../json/json.hpp"
#include "../text/ascii.hpp"
#include "../text/percent.hpp"
#include "emails.hpp"

namespace fathom::detail::recording {

namespace {

constexpr std::string_view cover = "***";
constexpr std::string_view white_space = " \t\r\n";
/// A shorter one, such as "2026", may stand in dates and figures: it is hidden where it is all of a text.
constexpr std::size_t shortest_learnt = 6;

std::string lower(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), ascii_lower);
    return result;
}

bool looks_like_json(std::string_view text) {
    const std::size_t first = text.find_first_not_of(white_space);
    return first != std::string_view::npos && std::string_view("{[\"").find(text[first]) != std::string_view::npos;
}

/// Rewrites the texts of JSON, sound or not, and leaves all between them as it is.
class JsonTexts {
public:
    /// @param rewrite gets each text, and whether it, or what it is in, is named a credential; what differs from that is written
    using Rewrite = std::function<std::string(const std::string& text, bool is_credential)>;

    JsonTexts(std::string_view json, Rewrite rewrite) : rest_(json), rewrite_(std::move(rewrite)) {}

    std::string rewritten() {
        while (!rest_.empty()) {
            const char c = rest_.front();
            if (c == '"') {
                take_text();
            } else if (is_scalar(c)) {
                take_scalar();
            } else {
                take_sign(c);
            }
        }
        return std::move(out_);
    }

private:
    static bool is_scalar(char c) {
        return std::string_view("{}[],:").find(c) == std::string_view::npos &&
               white_space.find(c) == std::string_view::npos;
    }

    [[nodiscard]] bool is_in_credential() const { return is_named_ || depth_ > 0; }

    void take_text() {
        std::size_t end = 1;
        while (end < rest_.size() && rest_[end] != '"') end += rest_[end] == '\\' ? 2U : 1U;
        const bool is_closed = end < rest_.size();
        const std::string_view literal = rest_.substr(0, is_closed ? end + 1 : rest_.size());
        rest_.remove_prefix(literal.size());
        const std::string decoded =
            json::decode_text(is_closed ? std::string(literal) : std::string(literal) + '"')
                .value_or(std::string(literal.substr(1, literal.size() - (is_closed ? 2U : 1U))));
        const std::size_t next = rest_.find_first_not_of(white_space);
        const bool is_name = next != std::string_view::npos && rest_[next] == ':';
        write(literal, decoded, rewrite_(decoded, is_in_credential() && !is_name));
        is_named_ = is_name && is_credential(decoded);
    }
    /// A number, a word of JSON, or what is none.
    void take_scalar() {
        std::size_t end = 0;
        while (end < rest_.size() && is_scalar(rest_[end]) && rest_[end] != '"') ++end;
        const std::string_view scalar = rest_.substr(0, end);
        rest_.remove_prefix(end);
        const bool says_nothing = scalar == "null" || scalar == "true" || scalar == "false";
        write(scalar, std::string(scalar), rewrite_(std::string(scalar), is_in_credential() && !says_nothing));
        is_named_ = false;
    }
    void take_sign(char c) {
        const bool opens = c == '{' || c == '[';
        const bool closes = c == '}' || c == ']';
        if (opens && is_in_credential()) ++depth_;
        if (closes && depth_ > 0) --depth_;
        if (opens || closes || c == ',') is_named_ = false;
        out_.push_back(c);
        rest_.remove_prefix(1);
    }
    void write(std::string_view literal, const std::string& was, const std::string& is) {
        out_.append(is == was ? std::string(literal) : json::encode_text(is));
    }

    std::string_view rest_;
    Rewrite rewrite_;
    std::string out_{};
    bool is_named_ = false; ///< The name before says that what comes is a credential.
    int depth_ = 0;         ///< How deep in a list or an object with such a name.
};

bool is_name_character(char c) {
    const char letter = ascii_lower(c);
    return (letter >= 'a' && letter <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/// Where the text in quotation marks ends with which this begins, if it does. In JSON within a text that is itself quoted, a
/// backslash stands before both marks.
std::size_t length_of_quoted(std::string_view text) {
    const std::size_t mark = std::min(text.find_first_not_of('\\'), text.size());
    const bool is_quoted = mark < text.size() && (text[mark] == '"' || text[mark] == '\'');
    if (!is_quoted) return 0;
    const std::string_view quote = text.substr(0, mark + 1);
    std::size_t end = text.find(quote, quote.size());
    while (mark == 0 && end != std::string_view::npos && text[end - 1] == '\\') end = text.find(quote, end + 1);
    return end == std::string_view::npos ? 0 : end + quote.size();
}

/// How much of a text's start is a value: a word, what stands in quotation marks, or the rest of a line in which these do not end.
std::size_t length_of_value(std::string_view text) {
    if (const std::size_t quoted = length_of_quoted(text)) return quoted;
    const bool is_cut = text.starts_with('"') || text.starts_with('\'');
    return std::min(text.find_first_of(is_cut ? "\r\n" : "&;\"'<> \t\r\n"), text.size());
}

/// The same behind `name: `, where a scheme may stand before it, as in `Authorization: Bearer x`.
std::size_t length_of_value_behind_sign(std::string_view text) {
    const std::size_t start = std::min(text.find_first_not_of(' '), text.size());
    std::size_t length = start + length_of_value(text.substr(start));
    const std::string_view word = text.substr(start, length - start);
    const bool is_scheme = equal_ignoring_case(word, "bearer") || equal_ignoring_case(word, "basic");
    if (is_scheme && text.substr(length).starts_with(' ')) length += 1 + length_of_value(text.substr(length + 1));
    return length;
}

/// Where in a text the last name stands that a sign may follow.
class NameBefore {
public:
    /// That character was written, up to this end.
    void note(char c, std::size_t end) noexcept {
        if (is_name_character(c)) {
            if (end_ + 1 < end) start_ = end - 1;
            end_ = end;
        } else if (std::string_view("\"'\\ ").find(c) == std::string_view::npos) { // these may stand before a sign
            start_ = end_ = end;
        }
    }
    [[nodiscard]] std::string_view in(std::string_view text) const { return text.substr(start_, end_ - start_); }

private:
    std::size_t start_ = 0;
    std::size_t end_ = 0;
};

/// Writes what stands for the value with which the text begins, behind the rest of a sign such as `=>`.
/// @return how much of the text that is
std::size_t cover_value(std::string_view text, std::string& shown) {
    const std::size_t sign = std::min(text.find_first_not_of("=>"), text.size());
    shown.append(text.substr(0, sign));
    const std::string_view value = text.substr(sign);
    const std::size_t length = length_of_value_behind_sign(value);
    if (length > 0) shown.append(value.starts_with(' ') ? " " : "").append(cover);
    return sign + length;
}

/// Without what stands behind a name that says that it is a credential: `name=value`, `name: value` and `'name' => 'value'` in a
/// form, a link, a text or a page's script, and JSON within one.
std::string without_named_credentials(std::string_view text) {
    std::string shown;
    NameBefore name;
    while (!text.empty()) {
        const char c = text.front();
        text.remove_prefix(1);
        shown.push_back(c);
        const bool may_name = c == '=' || c == ':';
        if (may_name && is_credential(name.in(shown))) text.remove_prefix(cover_value(text, shown));
        name.note(c, shown.size());
    }
    return shown;
}

std::string_view unquoted(std::string_view value) {
    constexpr std::string_view marks = "\"'";
    const std::size_t first = std::min(value.find_first_not_of(marks), value.size());
    return value.substr(first, value.find_last_not_of(marks) + 1 - first);
}

/// An attribute of an HTML tag.
struct Attribute {
    std::string_view name;
    std::string_view value; ///< With its quotation marks.
};

std::vector<Attribute> attributes_of(std::string_view tag) {
    std::vector<Attribute> attributes;
    for (std::size_t sign = tag.find('='); sign != std::string_view::npos; sign = tag.find('=')) {
        std::size_t start = sign;
        while (start > 0 && is_name_character(tag[start - 1])) --start;
        const std::size_t length = length_of_value(tag.substr(sign + 1));
        attributes.push_back({.name = tag.substr(start, sign - start), .value = tag.substr(sign + 1, length)});
        tag.remove_prefix(sign + 1 + length);
    }
    return attributes;
}

bool says_credential(const Attribute& attribute) {
    constexpr std::array<std::string_view, 4> naming{"name", "id", "property", "type"};
    const auto is_this = [&](std::string_view name) { return equal_ignoring_case(attribute.name, name); };
    return std::ranges::any_of(naming, is_this) && is_credential(unquoted(attribute.value));
}

/// Without what fields and metadata of a page hold: `<input name="_token" value="x">`, `<meta name="csrf-token" content="x">`.
std::string without_credentials_in_tags(std::string_view text) {
    std::string shown;
    while (!text.empty()) {
        const std::size_t start = std::min(text.find('<'), text.size());
        const std::size_t end = std::min(text.find_first_of("<>", start + 1), text.size());
        const std::vector<Attribute> attributes = attributes_of(text.substr(start, end - start));
        const bool is_of_credential = std::ranges::any_of(attributes, says_credential);
        const char* written = text.data();
        for (const Attribute& attribute : attributes) {
            const bool is_held =
                equal_ignoring_case(attribute.name, "value") || equal_ignoring_case(attribute.name, "content");
            if (!is_of_credential || !is_held || attribute.value.empty()) continue;
            shown.append(written, attribute.value.data()).append(cover);
            written = attribute.value.data() + attribute.value.size();
        }
        shown.append(written, text.data() + end);
        text.remove_prefix(end);
    }
    return shown;
}

/// Percent-encoded but for `***`.
std::string encoded_around_covers(std::string_view text) {
    std::string encoded;
    for (std::size_t at = text.find(cover); at != std::string_view::npos; at = text.find(cover)) {
        encoded.append(percent_encoded(text.substr(0, at))).append(cover);
        text.remove_prefix(at + cover.size());
    }
    return encoded.append(percent_encoded(text));
}

} // namespace

bool is_credential(std::string_view name) {
    constexpr std::array words{"password", "passwd", "pwd",           "secret",       "api_key", "apikey",
                               "api-key",  "cookie", "authorization", "authenticate", "session", "signature"};
    const std::string lowered = lower(name);
    return lowered.ends_with("token") ||
           std::ranges::any_of(words, [&](const char* word) { return lowered.find(word) != std::string::npos; });
}

void Redaction::learn_from(std::string_view body) {
    if (!looks_like_json(body)) return;
    JsonTexts(body, [this](const std::string& text, bool is_credential) {
        if (!is_credential) return text;
        if (text.size() < shortest_learnt) {
            short_secrets_.insert(text);
        } else {
            secrets_.add(text);
        }
        return text;
    }).rewritten();
}

std::string Redaction::body(std::string_view text) const {
    if (!looks_like_json(text)) return this->text(text);
    const auto rewrite = [this](const std::string& part, bool is_credential) {
        if (is_credential || short_secrets_.contains(part)) return std::string(cover);
        const bool is_json = part.starts_with('{') || part.starts_with('['); // as text within JSON
        return is_json ? body(part) : this->text(part);
    };
    return JsonTexts(text, rewrite).rewritten();
}

std::string Redaction::url(std::string_view url) const {
    std::string shown;
    std::string name;
    while (!url.empty()) {
        const std::size_t length = std::min(url.find_first_of("/?&="), url.size());
        const std::string part = percent_decoded(url.substr(0, length));
        const std::string hidden = is_credential(name) && !part.empty() ? std::string(cover) : body(part);
        shown.append(hidden == part ? std::string(url.substr(0, length)) : encoded_around_covers(hidden));
        url.remove_prefix(length);
        name.clear();
        if (url.empty()) break;
        if (url.front() == '=') name = part;
        shown.push_back(url.front());
        url.remove_prefix(1);
    }
    return shown;
}

std::string Redaction::header(std::string_view name, std::string_view value) const {
    return is_credential(name) ? std::string(cover) : text(value);
}

std::string Redaction::text(std::string_view plain) const {
    const std::string known = without_emails(secrets_.hidden_in(plain));
    return without_named_credentials(without_credentials_in_tags(known));
}

} // namespace fathom::detail::recording
