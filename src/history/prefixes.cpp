#include "prefixes.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>

namespace fathom::detail::history {

namespace {

/// Fewer rows that begin like the last value are asked for once more rather than told apart further.
constexpr std::size_t few_rows = 50;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_letter_or_digit(std::string_view c) {
    return c.size() == 1 && (is_letter(c[0]) || (c[0] >= '0' && c[0] <= '9'));
}
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
std::string folded(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), lower);
    return result;
}

/// The code point that begins at a place, in UTF-8; empty at the end.
std::string_view code_point_at(std::string_view text, std::size_t place) {
    std::size_t end = std::min(place + 1, text.size());
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
    return text.substr(std::min(place, text.size()), end - std::min(place, text.size()));
}

std::string escaped(std::string_view text) {
    constexpr std::string_view in_a_class = ".+*?(){}|$";
    constexpr std::string_view behind_a_backslash = "[]\\^";
    std::string result;
    for (const char c : text) {
        if (in_a_class.find(c) != std::string_view::npos) {
            result.append({'[', c, ']'});
        } else if (behind_a_backslash.find(c) != std::string_view::npos) {
            result.append({'\\', c});
        } else {
            result.push_back(c);
        }
    }
    return result;
}

/// The same for letters of both cases.
std::string escaped_in_both_cases(std::string_view text) {
    std::string result;
    for (std::size_t place = 0; place < text.size(); ++place) {
        const char c = text[place];
        if (is_letter(c)) {
            result.append({'[', lower(c), upper(c), ']'});
        } else {
            result.append(escaped(text.substr(place, 1)));
        }
    }
    return result;
}

std::string joined(const std::vector<std::string>& choices) {
    std::string result;
    for (const std::string& choice : choices) result.append(result.empty() ? "" : "|").append(choice);
    return result;
}

/// The texts that differ in their last code point only, as one expression.
std::string alternatives(std::string_view stem, const std::vector<std::string_view>& ends) {
    std::string one_of;
    std::vector<std::string> choices;
    for (const std::string_view end : ends) {
        if (is_letter_or_digit(end)) {
            one_of.append(end);
        } else {
            choices.push_back(escaped(stem) + escaped(end));
        }
    }
    if (!one_of.empty()) choices.push_back(escaped(stem) + (one_of.size() > 1 ? "[" + one_of + "]" : one_of));
    return joined(choices);
}

std::size_t start_of_last_code_point(std::string_view text) {
    std::size_t place = text.size() - 1;
    while (place > 0 && (static_cast<unsigned char>(text[place]) & 0xC0U) == 0x80U) --place;
    return place;
}

/// Where the values go that begin with a stem.
struct Fork {
    std::size_t rows = 0;                          ///< Values that begin with the stem.
    std::size_t first_on_the_way = 0;              ///< The first that goes the same way as the last value.
    std::map<std::string, std::size_t> last_row{}; ///< Of each beginning that leaves the way.
};

Fork fork_at(std::string_view stem, std::string_view next, const std::vector<std::string_view>& values) {
    const std::string on_the_way = std::string(stem).append(next);
    Fork fork{.first_on_the_way = values.size()};
    for (std::size_t row = 0; row < values.size(); ++row) {
        if (!values[row].starts_with(stem)) continue;
        ++fork.rows;
        if (values[row].starts_with(on_the_way)) fork.first_on_the_way = std::min(fork.first_on_the_way, row);
        const std::string_view other = code_point_at(values[row], stem.size());
        if (!other.empty() && folded(other) != folded(next)) fork.last_row[std::string(stem).append(other)] = row;
    }
    return fork;
}

/// How often each code point follows on a stem.
std::map<std::string, std::size_t> followers(const std::vector<std::string>& texts, std::string_view stem) {
    std::map<std::string, std::size_t> counts;
    for (const std::string& text : texts) {
        if (!text.starts_with(stem)) continue;
        const std::string_view next = code_point_at(text, stem.size());
        if (!next.empty()) ++counts[std::string(next)];
    }
    return counts;
}

/// Those of the followers that come to about half of all texts, as one expression; nothing where that would be none or all.
std::optional<std::string> half_of(const std::map<std::string, std::size_t>& followers, std::size_t texts) {
    std::vector<std::string> choices;
    choices.reserve(followers.size());
    std::size_t matched = 0;
    for (const auto& [next, count] : followers) {
        if (matched > 0 && (matched + count) * 2 > texts) continue;
        matched += count;
        choices.push_back(escaped_in_both_cases(next));
    }
    if (matched == 0 || matched >= texts) return std::nullopt;
    return joined(choices);
}

} // namespace

bool FinishedPrefixes::add_from(const std::vector<std::string_view>& values) {
    const std::string_view last = values.back();
    bool is_any_new = false;
    std::size_t depth = 0;
    while (depth < last.size()) {
        const std::string_view next = code_point_at(last, depth);
        const Fork fork = fork_at(last.substr(0, depth), next, values);
        if (fork.rows <= few_rows) break;
        for (const auto& [prefix, row] : fork.last_row) {
            if (row < fork.first_on_the_way) is_any_new = add(prefix) || is_any_new;
        }
        depth += next.size();
    }
    return is_any_new;
}

bool FinishedPrefixes::add(std::string prefix) {
    const auto is_covered = [&](const std::string& known) { return prefix.starts_with(known); };
    if (std::ranges::any_of(prefixes_, is_covered)) return false;
    std::erase_if(prefixes_, [&](const std::string& known) { return known.starts_with(prefix); });
    prefixes_.insert(std::move(prefix));
    return true;
}

std::string FinishedPrefixes::pattern() const {
    if (prefixes_.empty()) return {};
    std::map<std::string_view, std::vector<std::string_view>> ends_by_stem;
    for (const std::string_view prefix : prefixes_) {
        const std::size_t stem = start_of_last_code_point(prefix);
        ends_by_stem[prefix.substr(0, stem)].push_back(prefix.substr(stem));
    }
    std::vector<std::string> choices;
    choices.reserve(ends_by_stem.size());
    for (const auto& [stem, ends] : ends_by_stem) choices.push_back(alternatives(stem, ends));
    return "^(" + joined(choices) + ").*";
}

std::optional<std::string> splitting_pattern(const std::vector<std::string_view>& values) {
    std::vector<std::string> texts;
    texts.reserve(values.size());
    for (const std::string_view value : values) texts.push_back(folded(value));
    std::string stem;
    while (true) {
        const std::map<std::string, std::size_t> counts = followers(texts, stem);
        if (counts.empty()) { // all that begin so are the same
            const auto begins_so = [&](const std::string& text) { return text.starts_with(stem); };
            if (std::ranges::all_of(texts, begins_so)) return std::nullopt;
            return "^" + escaped_in_both_cases(stem) + ".*";
        }
        const auto largest = std::ranges::max_element(counts, {}, [](const auto& each) { return each.second; });
        if (largest->second * 4 > texts.size() * 3) { // too many to be split off at once
            stem.append(largest->first);
            continue;
        }
        const std::optional<std::string> half = half_of(counts, texts.size());
        if (!half) return std::nullopt;
        return "^" + escaped_in_both_cases(stem) + "(" + *half + ").*";
    }
}

} // namespace fathom::detail::history
