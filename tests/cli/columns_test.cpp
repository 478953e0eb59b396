#include "cli/columns.hpp"

#include <gtest/gtest.h>

#include <string>

namespace fathom::cli {
namespace {

TEST(Columns, AreTwoForWideCharactersOfEastAsia) {
    EXPECT_EQ(width_of("日本語"), 6U);
    EXPECT_EQ(width_of("한국어"), 6U);
    EXPECT_EQ(width_of("ＡＢ、"), 6U);
    EXPECT_EQ(width_of("\U00020000"), 2U);
}

TEST(Columns, AreTwoForEmoji) {
    EXPECT_EQ(width_of("🎉"), 2U);
    EXPECT_EQ(width_of("⚡✅"), 4U);
    EXPECT_EQ(width_of("\U0001F1E9\U0001F1EA"), 2U) << "a flag is of two letters";
}

TEST(Columns, AreNoneForWhatStandsOnOtherCharacters) {
    EXPECT_EQ(width_of("e\u0301"), 1U);
    EXPECT_EQ(width_of("กี่"), 1U);
    EXPECT_EQ(width_of("हिन्दी"), 5U);
    EXPECT_EQ(width_of("a\u200b\ufeff\ufe0fb"), 2U);
}

TEST(Columns, AreOneForOtherCharacters) {
    EXPECT_EQ(width_of(""), 0U);
    EXPECT_EQ(width_of("über"), 4U);
    EXPECT_EQ(width_of("…→█שלוםЖ"), 8U);
}

TEST(Columns, AreNotPassedByWhatIsCut) {
    EXPECT_EQ(cut("日本語", 6), "日本語");
    EXPECT_EQ(cut("日本語", 5), "日本…");
    EXPECT_EQ(cut("日本語", 4), "日…");
    EXPECT_EQ(cut("日本語", 2), "…");
    EXPECT_EQ(cut("日本語", 0), "");
}

TEST(Columns, KeepAMarkWithItsCharacterWhereATextIsCut) { EXPECT_EQ(cut("e\u0301abc", 2), "e\u0301…"); }

TEST(Columns, AreFilledUpByWhatTheTextLeaves) {
    EXPECT_EQ(aligned("日本", 6, Alignment::left), "日本  ");
    EXPECT_EQ(aligned("日本", 6, Alignment::right), "  日本");
}

TEST(Columns, HaveASpaceForWhatSteersATerminal) {
    EXPECT_EQ(in_one_line("a\tb\r\nc\033[2Jd\x7f"
                          "e\u0085f\u009bg"),
              "a b  c [2Jd e f g");
}

TEST(Columns, HaveASpaceForWhatTurnsTheDirectionOfWriting) {
    EXPECT_EQ(in_one_line("a\u202eb\u2066c\u200fd\u061ce\u2069f\u202ag\u200eh"), "a b c d e f g h");
}

TEST(Columns, HaveASpaceForAControlInAFormThatIsNoUtf8) {
    EXPECT_EQ(in_one_line("a\x9b"
                          "b\xc0\x9b"
                          "c\xe0\x80\x9b"),
              "a b c ");
}

TEST(Columns, HaveASpaceForSeparatorsOfLines) { EXPECT_EQ(in_one_line("a\u2028b\u2029c"), "a b c"); }

TEST(Columns, LeaveOtherTextsAsTheyAre) {
    for (const std::string text : {"", "\u00a0é…\u200d\u2030\u2065", "über/日本語/🎉", "שלום"}) {
        EXPECT_EQ(in_one_line(text), text);
    }
}

} // namespace
} // namespace fathom::cli
