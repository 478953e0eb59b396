#include "pattern.hpp"

#include <algorithm>
#include <regex>

#include "text_order.hpp"

namespace fathom::testing::detail {
namespace {

// What no service takes either; some standard libraries need a piece of the stack for each.
constexpr std::size_t longest_pattern = 4'096;
constexpr std::size_t deepest_nesting = 250;

// libstdc++ has no bound on how often it goes back to try another way, unless it is told to walk all ways at once; the other
// libraries give up.
#ifdef __GLIBCXX__
constexpr auto bounded = std::regex::ECMAScript | std::regex_constants::__polynomial;
#else
constexpr auto bounded = std::regex::ECMAScript;
#endif

// How many groups are open at once; of what is no pattern at all, at least as many.
std::size_t nesting_of(const std::string& text) {
    std::size_t open = 0;
    std::size_t deepest = 0;
    bool is_in_class = false;
    for (std::size_t index = 0; index < text.size(); ++index) {
        const char character = text[index];
        if (character == '\\') {
            ++index;
        } else if (is_in_class || character == '[') {
            is_in_class = character != ']';
        } else if (character == '(') {
            deepest = std::max(deepest, ++open);
        } else if (character == ')' && open > 0) {
            --open;
        }
    }
    return deepest;
}

std::regex compile(const std::string& text, LetterCase letter_case) {
    if (text.size() > longest_pattern || nesting_of(text) > deepest_nesting)
        throw std::regex_error{std::regex_constants::error_space};
    return std::regex{text, letter_case == LetterCase::ignored ? bounded | std::regex::icase : bounded};
}

std::string in_case(const std::string& text, LetterCase letter_case) {
    return letter_case == LetterCase::ignored ? lower_case(text) : text;
}

} // namespace

struct Pattern::Compiled {
    std::regex regex;
};

Pattern::Pattern(const std::string& text, LetterCase letter_case)
    : compiled_{std::make_unique<Compiled>(Compiled{compile(text, letter_case)})} {}

Pattern::~Pattern() = default;

bool Pattern::is_found_in(const std::string& text) const {
    try {
        return std::regex_search(text, compiled_->regex);
    } catch (const std::regex_error&) {
        return false;
    }
}

LikeTerm::LikeTerm(const std::string& text, LetterCase letter_case) : letter_case_{letter_case} {
    const std::string term = in_case(text, letter_case);
    std::size_t begin = 0;
    for (std::size_t end = term.find('*'); end != std::string::npos; end = term.find('*', begin)) {
        parts_.push_back(term.substr(begin, end - begin));
        begin = end + 1;
    }
    parts_.push_back(term.substr(begin));
}

bool LikeTerm::is_found_in(const std::string& text) const {
    const std::string searched = in_case(text, letter_case_);
    std::size_t begin = 0;
    for (const std::string& part : parts_) {
        const std::size_t found = searched.find(part, begin);
        if (found == std::string::npos) return false;
        begin = found + part.size();
    }
    return true;
}

} // namespace fathom::testing::detail
