#include "cli/columns.hpp"

#include <gtest/gtest.h>

#include <string>

namespace fathom::cli {
namespace {

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
