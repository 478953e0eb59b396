#include "pattern.hpp"

#include <regex>

#include "text_order.hpp"

namespace fathom::testing::detail {
namespace {

std::regex compile(const std::string& text, LetterCase letter_case) {
    return letter_case == LetterCase::ignored ? std::regex{text, std::regex::ECMAScript | std::regex::icase}
                                              : std::regex{text};
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
