#include "records/csv.hpp"

#include <gtest/gtest.h>

namespace fathom::detail::csv {
namespace {

std::vector<std::vector<Cell>> cells_of(std::string_view text) {
    const auto lines = parse(text);
    std::vector<std::vector<Cell>> cells;
    for (const Line& line : lines.value()) cells.push_back(line.cells);
    return cells;
}

TEST(CsvLine, QuotesWhatNeedsIt) {
    EXPECT_EQ(to_line({"a", "b,c", "d\"e", "f\ng", "", Cell(), "=1"}), "a,\"b,c\",\"d\"\"e\",\"f\ng\",\"\",,=1\r\n");
}

TEST(CsvParser, ReadsWhatWasWritten) {
    const std::vector<Cell> cells{"a", "b,c", "d\"e", "f\r\ng", "", Cell(), "\u00e9"};
    EXPECT_EQ(cells_of(to_line(cells) + to_line(cells)), (std::vector{cells, cells}));
}

TEST(CsvParser, TakesEveryEndOfLineAndNoneAtTheEnd) {
    EXPECT_EQ(cells_of("a,b\nc,d\r\n\r\ne,f"), (std::vector<std::vector<Cell>>{{"a", "b"}, {"c", "d"}, {"e", "f"}}));
}

TEST(CsvParser, PassesOverAByteOrderMark) { EXPECT_EQ(cells_of("\xEF\xBB\xBFname")[0][0], "name"); }

TEST(CsvParser, ReadsNothingOfNothing) { EXPECT_TRUE(cells_of("").empty()); }

TEST(CsvParser, EndsALineWithAnEmptyCell) { EXPECT_EQ(cells_of("a,\n")[0], (std::vector<Cell>{"a", Cell()})); }

TEST(CsvParser, NamesTheLineThatIsWrong) {
    EXPECT_EQ(parse("a\n\"b\nc\n").error().message, "line 2 has a quotation mark that is not closed");
    EXPECT_NE(parse("a\n\"b\"c").error().message.find("line 2"), std::string::npos);
}

TEST(CsvParser, CountsTheLinesInsideOfCells) { EXPECT_EQ(parse("\"a\nb\"\nc").value().at(1).number, 3U); }

} // namespace
} // namespace fathom::detail::csv
