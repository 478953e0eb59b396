#include "text_pool.hpp"

namespace fathom::detail {

TextPool::Index TextPool::index_of(std::string_view text, Index before) {
    if (before == none) return look_up(text);
    const Index guess = behind_[before];
    if (guess != none && (*this)[guess] == text) return guess;
    const Index found = look_up(text);
    behind_[before] = found;
    return found;
}

TextPool::Index TextPool::look_up(std::string_view text) {
    // The text is appended to be compared there, and taken off again where it was known.
    const auto next = static_cast<Index>(ends_.size() - 1);
    characters_.append(text);
    ends_.push_back(characters_.size());
    const auto [known, is_new] = known_.insert(next);
    if (is_new) {
        behind_.push_back(none);
    } else {
        ends_.pop_back();
        characters_.resize(ends_.back());
    }
    return *known;
}

} // namespace fathom::detail
