#include "limiters/two_copies.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace fathom::detail {
namespace {

using namespace std::chrono_literals;

void overwrite(std::string& file, std::size_t offset, std::string_view text) {
    file.resize(std::max(file.size(), offset + text.size()));
    file.replace(offset, text.size(), text);
}

/// Writes as a limiter does. @return what is known of the file without reading it again
TwoCopies put(std::string& file, const std::string& content) {
    const TwoCopies copies = find_copies(file);
    const NextCopy next = next_copy(copies, content);
    if (next.outdated) overwrite(file, *next.outdated, outdated_copy);
    overwrite(file, next.offset, next.text);
    return copies_with(copies, next);
}

std::string heads_of(const std::string& file) {
    std::string heads;
    for (std::size_t place = 0; place < file.size(); place = next_place(place)) {
        heads += file.substr(place, copy_head_size);
    }
    return heads;
}

TEST(TwoCopies, OfANewFileThereIsNone) {
    const TwoCopies copies = find_copies("");
    EXPECT_FALSE(copies.newest);
    EXPECT_FALSE(copies.has_lost);
    EXPECT_FALSE(copies.is_foreign);
}

TEST(TwoCopies, GiveBackWhatWasWrittenLastWhateverItsSizeAndNeverTouchWhatWasBefore) {
    std::minstd_rand random(1);
    std::string file;
    std::string last;
    for (int turn = 0; turn < 500; ++turn) {
        const std::string before = file;
        const std::string content(std::uniform_int_distribution<std::size_t>(0, turn % 7 == 0 ? 40'000 : 6'000)(random),
                                  static_cast<char>('a' + turn % 26));
        const TwoCopies expected = put(file, content);
        const TwoCopies copies = find_copies(file);
        ASSERT_TRUE(copies.newest) << turn;
        ASSERT_EQ(copies.newest->content, content) << turn;
        ASSERT_FALSE(copies.has_lost) << turn;
        ASSERT_EQ(copies.newest->number, expected.newest.value().number) << turn;
        ASSERT_EQ(copies.newest->offset, expected.newest->offset) << turn;
        ASSERT_EQ(copies.newest->size, expected.newest->size) << turn;
        ASSERT_EQ(copies.offset_before, expected.offset_before) << turn;
        ASSERT_NE(heads_of(file), heads_of(before)) << turn;

        std::string torn = file;
        torn[copies.newest->offset + copies.newest->size - 1] ^= 1;
        if (turn > 0 && content.size() > 0) {
            ASSERT_EQ(find_copies(torn).newest.value().content, last) << turn;
            ASSERT_TRUE(find_copies(torn).has_lost) << turn;
        }
        last = content;
    }
}

} // namespace
} // namespace fathom::detail
