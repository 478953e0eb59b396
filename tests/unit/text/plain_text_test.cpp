#include "text/plain_text.hpp"

#include <gtest/gtest.h>

namespace fathom::detail {
namespace {

TEST(OneLine, LeavesOrdinaryTextAsItIs) { EXPECT_EQ(one_line("Größe: 5 € 😀", 100), "Größe: 5 € 😀"); }

TEST(OneLine, ReplacesWhateverEndsALineOrCommandsATerminal) {
    EXPECT_EQ(one_line("a\nb\rc\td\x1B[2Je\x7F", 100), "a b c d [2Je ");
    EXPECT_EQ(one_line("a\u0085b\u009Bc\u2028d\u2029e", 100), "a b c d e");
    EXPECT_EQ(one_line("a\u202Eb\u2066c\u200Fd\u061Ce", 100), "a b c d e");
    EXPECT_EQ(one_line(std::string_view("a\0b", 3), 100), "a b");
}

TEST(OneLine, ReplacesWhatIsNotUtf8) {
    EXPECT_EQ(one_line("a\xFF\xC0\xAF\xED\xA0\x80\xF4\x90\x80\x80", 100),
              "a\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD");
    EXPECT_EQ(one_line("a\xE2\x82", 100), "a\uFFFD\uFFFD");
}

TEST(OneLine, CutsBetweenCharacters) {
    EXPECT_EQ(one_line("abcdef", 6), "abcdef");
    EXPECT_EQ(one_line("abcdefg", 6), "abcdef…");
    EXPECT_EQ(one_line("abcdeü", 6), "abcde…");
    EXPECT_EQ(one_line("ab😀cd", 3), "ab…");
}

TEST(Stripped, TakesWhiteSpaceOffTheEnds) {
    EXPECT_EQ(stripped(" \r\n a b \t"), "a b");
    EXPECT_EQ(stripped(" \n"), "");
    EXPECT_EQ(stripped(""), "");
}

TEST(OneLine, ReadsNoMoreOfALongTextThanItShows) { EXPECT_EQ(one_line(std::string(10'000'000, 'x'), 3), "xxx…"); }

} // namespace
} // namespace fathom::detail
