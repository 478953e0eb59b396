/// @file
/// Texts of which each is kept once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace fathom::detail {

/// Numbers texts from 0 in the order in which they first come. All stand in one string, since a report may have very many.
class TextPool {
public:
    using Index = std::uint32_t;
    static constexpr Index none = std::numeric_limits<Index>::max();

    TextPool() = default;
    TextPool(const TextPool&) = delete;
    TextPool& operator=(const TextPool&) = delete;

    /// The number of a text, which is taken in if it is new.
    /// @param before the text in front of it, or `none`: what came behind that the last time is looked at first
    [[nodiscard]] Index index_of(std::string_view text, Index before);
    /// A text, until the next one is taken in.
    [[nodiscard]] std::string_view operator[](Index index) const noexcept {
        return std::string_view(characters_).substr(ends_[index], ends_[index + 1] - ends_[index]);
    }

private:
    [[nodiscard]] Index look_up(std::string_view text);

    struct Hash {
        const TextPool* pool;
        std::size_t operator()(Index index) const { return std::hash<std::string_view>{}((*pool)[index]); }
    };
    struct Equal {
        const TextPool* pool;
        bool operator()(Index a, Index b) const { return (*pool)[a] == (*pool)[b]; }
    };

    std::string characters_{};
    std::vector<std::size_t> ends_{0}; // of each text, behind the beginning of the first
    std::vector<Index> behind_{};      // of each text: the one that came behind it the last time
    // With room for hundreds: to grow from none costs as much as to take them in.
    std::unordered_set<Index, Hash, Equal> known_{512, Hash{this}, Equal{this}};
};

} // namespace fathom::detail
