#include "redaction.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <utility>

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

/// How much of a text's start is a value: a word, or what stands in quotation marks.
std::size_t length_of_value(std::string_view text) {
    const bool is_quoted = text.starts_with('"') || text.starts_with('\'');
    const std::size_t partner = is_quoted ? text.find(text.front(), 1) : std::string_view::npos;
    if (partner != std::string_view::npos) return partner + 1;
    return std::min(text.find_first_of("&;\"'<> \t\r\n"), text.size());
}

/// The same behind `name: `, where a scheme may stand before it, as in `Authorization: Bearer x`.
std::size_t length_of_value_behind_colon(std::string_view text) {
    const std::size_t start = std::min(text.find_first_not_of(' '), text.size());
    std::size_t length = start + length_of_value(text.substr(start));
    const std::string scheme = lower(text.substr(start, length - start));
    if ((scheme == "bearer" || scheme == "basic") && text.substr(length).starts_with(' ')) {
        length += 1 + length_of_value(text.substr(length + 1));
    }
    return length;
}

/// `name=value` and `name: value` in a form, a link or a text, where the name says that the value is a credential.
std::string without_named_credentials(std::string_view text) {
    std::string shown;
    std::size_t name_start = 0; // in `shown`
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        shown.push_back(c);
        const bool may_name = c == '=' || c == ':';
        if (may_name && is_credential(std::string_view(shown).substr(name_start, shown.size() - 1 - name_start))) {
            const std::string_view rest = text.substr(i + 1);
            const std::size_t length = c == '=' ? length_of_value(rest) : length_of_value_behind_colon(rest);
            if (length > 0) shown.append(c == ':' && rest.starts_with(' ') ? " " : "").append(cover);
            i += length;
        }
        if (!is_name_character(c)) name_start = shown.size();
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
    constexpr std::array words{"password", "passwd",        "secret",       "api_key", "apikey",   "api-key",
                               "cookie",   "authorization", "authenticate", "session", "signature"};
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
    return without_named_credentials(without_emails(secrets_.hidden_in(plain)));
}

} // namespace fathom::detail::recording
