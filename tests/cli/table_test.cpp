#include "cli/table.hpp"

#include <gtest/gtest.h>

#include <string>

namespace fathom::cli {
namespace {

const Table pages{.columns = {{.heading = "pathname"}, {.heading = "visits", .content = Table::Content::number}},
                  .rows = {{"/a-rather-long-path/of-a-page", "120"}, {"/é", "7"}}};

TEST(Table, AlignsTextsToTheLeftAndNumbersToTheRight) {
    EXPECT_EQ(drawn(pages, {.width = 80}), "pathname                       visits\n"
                                           "/a-rather-long-path/of-a-page     120\n"
                                           "/é                                  7\n");
}

TEST(Table, CutsTextsWhereTheTerminalIsNarrow) {
    EXPECT_EQ(drawn(pages, {.width = 20}), "pathname      visits\n"
                                           "/a-rather-l…     120\n"
                                           "/é                 7\n");
}

TEST(Table, NeverCutsANumber) {
    EXPECT_EQ(drawn(pages, {.width = 1}), "pathname  visits\n"
                                          "/a-rath…     120\n"
                                          "/é             7\n");
}

TEST(Table, CutsBetweenCharactersAndNotInsideThem) {
    const Table table{.columns = {{.heading = {}}}, .rows = {{"ééééééééé"}}};
    EXPECT_EQ(drawn(table, {.width = 8}), "ééééééé…\n");
}

TEST(Table, AlignsWideCharacters) {
    const Table table{.columns = {{.heading = "pathname"}, {.heading = "visits", .content = Table::Content::number}},
                      .rows = {{"/日本語/🎉", "120"}, {"/e\u0301", "7"}}};
    EXPECT_EQ(drawn(table, {.width = 80}), "pathname    visits\n"
                                           "/日本語/🎉     120\n"
                                           "/e\u0301               7\n");
}

TEST(Table, LeavesLateTimesOutRatherThanCutThemOrIds) {
    const Table table{.columns = {{.heading = "id", .content = Table::Content::id},
                                  {.heading = "date", .content = Table::Content::time},
                                  {.heading = "name"},
                                  {.heading = "created_at", .content = Table::Content::time}},
                      .rows = {{"000b53c9-1a38", "2026-11-01", "Relaunch in a new design", "2026-11-20"}}};
    EXPECT_EQ(drawn(table, {.width = 45}), "id             date        name\n"
                                           "000b53c9-1a38  2026-11-01  Relaunch in a new…\n");
    EXPECT_EQ(drawn(table, {.width = 20}), "id             name\n"
                                           "000b53c9-1a38  Relaunc…\n");
    EXPECT_EQ(drawn(table, {.width = 45, .has_all_columns = true}),
              "id             date        name      created_at\n"
              "000b53c9-1a38  2026-11-01  Relaunc…  2026-11-20\n");
}

TEST(Table, DrawsBarsInWhatTheTerminalLeaves) {
    Table table = pages;
    table.bars = {120, 7};
    EXPECT_EQ(drawn(table, {.width = 47}), "pathname                       visits\n"
                                           "/a-rather-long-path/of-a-page     120  ████████\n"
                                           "/é                                  7  ▌\n");
}

TEST(Table, LeavesBarsOutWhereThereIsNoRoom) {
    Table table = pages;
    table.bars = {120, 7};
    EXPECT_EQ(drawn(table, {.width = 44}), drawn(pages, {.width = 44}));
}

TEST(Table, DrawsNoBarsOfNothing) {
    Table table = pages;
    table.bars = {0, 0};
    EXPECT_EQ(drawn(table, {.width = 80}), drawn(pages, {.width = 80}));
}

TEST(Table, ColoursHeadingsAndBarsWhereItMay) {
    const Table table{.columns = {{.heading = "a"}}, .rows = {{"1"}}, .bars = {1}};
    EXPECT_EQ(drawn(table, {.width = 9, .has_colour = true}), "\033[1ma\033[0m\n1  \033[36m██████\033[0m\n");
}

} // namespace
} // namespace fathom::cli
