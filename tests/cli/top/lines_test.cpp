#include "cli/top/lines.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "cli/columns.hpp"

namespace fathom::cli {
namespace {

Panels panels() {
    Panels panels{.site = {.id = SiteId("SHOP"), .name = "Shop"}, .visitors_now = 1};
    panels.hours.assign(24, {});
    for (int i = 0; i < 3; ++i) panels.hours[static_cast<std::size_t>(i)] = {.today = i, .last_week = 2 - i};
    panels.hours[23].last_week = 4;
    panels.pages = {{"/a", 9}, {"/a-long-path/of-a-page/of-the-shop", 5}, {"", 1}};
    panels.referrers = {{"", 5}, {"https://news.example", 2}};
    panels.countries = {{"DE", 1200}};
    return panels;
}

std::string drawn(std::size_t lines, std::size_t columns, Glyphs glyphs = Glyphs::ascii) {
    return text_of(lines_of(panels(), {.lines = lines, .columns = columns}, glyphs));
}

TEST(TopLines, FillATerminal) {
    EXPECT_EQ(drawn(24, 80), R"(Shop (SHOP)  1 visitor now  3 visits today, 3 a week ago (0 %)

Visits by hour  # today  : a week ago; the highest is 4
                                                                      :
                                                                      :
                                                                      :
                                                                      :
 :    #                                                               :
 :    #                                                               :
 : #: #                                                               :
 : #: #                                                               :
0        3        6        9        12       15       18       21

Pages by views             Referrers by visits        Countries by visits
/a                      9  (direct)                5  DE                   1200
/a-long-path/of-a-page… 5  https://news.example    2
(none)                  1
)");
}

TEST(TopLines, ShowMoreWhereThereIsMoreRoom) {
    EXPECT_EQ(drawn(12, 200), R"(Shop (SHOP)  1 visitor now  3 visits today, 3 a week ago (0 %)

Visits by hour  # today  : a week ago; the highest is 4
                                                                                                                                                                                           :::
                                                                                                                                                                                           :::
   :::          ###                                                                                                                                                                        :::
   :::  ###:::  ###                                                                                                                                                                        :::
0                       3                       6                       9                       12                      15                      18                      21

Pages by views                                                     Referrers by visits                                                Countries by visits
/a                                                              9  (direct)                                                        5  DE                                                           1200
/a-long-path/of-a-page/of-the-shop                              5  https://news.example                                            2
)");
}

TEST(TopLines, LeaveTheChartOutWhereThereIsNoRoom) {
    EXPECT_EQ(drawn(9, 47), R"(Shop (SHOP)  1 visitor now  3 visits today

Pages by views
/a                                            9
Referrers by visits
(direct)                                      5
Countries by visits
DE                                         1200
)");
}

TEST(TopLines, CutTheNameOfTheSiteWhereTheFiguresNeedItsRoom) {
    Panels named = panels();
    named.site.name = "日本語の店 with a name that is longer than the terminal is wide";
    EXPECT_EQ(text_of({lines_of(named, {.lines = 24, .columns = 80}, Glyphs::ascii).front()}),
              "日本語の店 with a name that …  1 visitor now  3 visits today, 3 a week ago (0 %)\n");
}

TEST(TopLines, LeaveLastWeekOutRatherThanTheNameOfTheSite) {
    EXPECT_EQ(text_of({lines_of(panels(), {.lines = 24, .columns = 36}, Glyphs::ascii).front()}),
              "Shop…  1 visitor now  3 visits today\n");
}

TEST(TopLines, ShowCountsBesideWideNames) {
    Panels wide = panels();
    wide.pages = {{"/日本語/日本語/日本語/日本語", 12'345}};
    const std::string text = text_of(lines_of(wide, {.lines = 24, .columns = 80}, Glyphs::ascii));
    EXPECT_NE(text.find("\n/日本語/日本語/日…  12345  (direct) "), std::string::npos) << text;
}

TEST(TopLines, AreNeverMoreThanTheTerminalHas) {
    for (std::size_t lines = 0; lines < 60; ++lines) {
        for (const std::size_t columns : {0U, 1U, 10U, 47U, 48U, 80U, 300U}) {
            const auto drawn = lines_of(panels(), {.lines = lines, .columns = columns}, Glyphs::blocks);
            EXPECT_LE(drawn.size(), lines) << columns;
        }
    }
}

TEST(TopLines, DrawBarsInEighths) {
    const std::string text = drawn(24, 80, Glyphs::blocks);
    EXPECT_NE(text.find("█"), std::string::npos) << text;
    EXPECT_NE(text.find("░"), std::string::npos) << text;
    Panels low = panels();
    low.hours[0].today = 1;
    low.hours[23].last_week = 10'000;
    const auto lines = lines_of(low, {.lines = 24, .columns = 80}, Glyphs::blocks);
    EXPECT_NE(text_of(lines).find("▁"), std::string::npos) << "one visit can be seen beside ten thousand";
}

TEST(TopLines, HoldNothingThatSteersATerminal) {
    Panels bad = panels();
    bad.site.name = "a\033[2Jb";
    bad.pages[0].name = "/x\r\n\033]0;y\a";
    const std::string text = text_of(lines_of(bad, {}, Glyphs::ascii));
    EXPECT_EQ(std::ranges::count_if(text, [](char c) { return c < ' ' && c != '\n' && c >= 0; }), 0) << text;
}

} // namespace
} // namespace fathom::cli
