// Texts and numbers that nobody expects, written and read back.
#include <fathom/records.hpp>

#include <gtest/gtest.h>

#include <clocale>
#include <limits>
#include <locale>
#include <sstream>

namespace fathom {
namespace {

using namespace std::string_literals;

class UnusualText : public ::testing::TestWithParam<std::string> {};

TEST_P(UnusualText, ComesBackFromEachForm) {
    const std::vector<Site> sites{{.id = SiteId("A"), .name = GetParam()}, {.id = SiteId("B"), .name = "b"}};
    std::ostringstream lines;
    write_json_lines(lines, sites);
    EXPECT_EQ(read_json_lines<Site>(lines.str()).value(), sites);
    std::ostringstream table;
    write_csv(table, sites);
    const auto from_table = read_csv<Site>(table.str());
    ASSERT_TRUE(from_table) << from_table.error();
    EXPECT_EQ(*from_table, sites);
}

TEST_P(UnusualText, ComesBackFromTheRowsOfAReport) {
    const PageviewReport report(
        {.aggregates = {PageviewMetric::visits}, .field_grouping = Field::pathname},
        {{.visits = 1, .fields = {{Field::pathname, GetParam()}}}, {.visits = 2, .fields = {{Field::pathname, "/"}}}});
    std::ostringstream table;
    write_csv(table, report);
    EXPECT_EQ(read_csv<PageviewRow>(table.str()).value(), report.rows());
    std::ostringstream lines;
    write_json_lines(lines, report);
    EXPECT_EQ(read_json_lines<PageviewRow>(lines.str()).value(), report.rows());
}

INSTANTIATE_TEST_SUITE_P(Texts, UnusualText,
                         ::testing::Values(""s, "\""s, "\"\"\""s, ","s, "\r\n"s, "\r"s, "\n"s, "a\r"s, "\0"s, "a\0b\""s,
                                           " leading"s, "trailing\t"s, "=1+1"s, "null"s, "\xEF\xBB\xBF"s,
                                           "\u2028\U0001F600"s, "\\u0041\\"s, std::string(1'000'000, '"'),
                                           std::string(100'000, '\n')),
                         [](const auto& text) { return std::to_string(text.index); });

TEST(InvalidUtf8, IsKeptInCsvAndReplacedInJson) {
    const PageviewReport report({.aggregates = {PageviewMetric::visits}, .field_grouping = Field::pathname},
                                {{.visits = 1, .fields = {{Field::pathname, "/\xff\xc3"}}}});
    std::ostringstream table;
    write_csv(table, report);
    EXPECT_EQ(table.str(), "pathname,visits\r\n/\xff\xc3,1\r\n");
    EXPECT_EQ(read_csv<PageviewRow>(table.str()).value(), report.rows());
    EXPECT_EQ(to_json(report[0]), "{\"visits\":1,\"pathname\":\"/\ufffd\ufffd\"}");
}

TEST(Numbers, ComeBackAtTheEndsOfTheirRange) {
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
    const PageviewReport report({.aggregates = {PageviewMetric::visits, PageviewMetric::uniques,
                                                PageviewMetric::avg_duration, PageviewMetric::bounce_rate}},
                                {{.visits = most, .uniques = least, .avg_duration = Seconds{0.1}, .bounce_rate = 1e300},
                                 {.visits = 0, .uniques = -1, .avg_duration = Seconds{1e-300}, .bounce_rate = 0.0},
                                 {.bounce_rate = 100.0 / 3}});
    std::ostringstream table;
    write_csv(table, report);
    EXPECT_EQ(read_csv<PageviewRow>(table.str()).value(), report.rows()) << table.str();
    std::ostringstream lines;
    write_json_lines(lines, report);
    EXPECT_EQ(read_json_lines<PageviewRow>(lines.str()).value(), report.rows()) << lines.str();
}

TEST(Numbers, OutsideOfTheirRangeAreRefused) {
    for (const char* number : {"9223372036854775808", "-9223372036854775809", "1e19"}) {
        const auto rows = read_csv<PageviewRow>("visits\r\n"s + number + "\r\n");
        ASSERT_FALSE(rows) << number;
        EXPECT_NE(rows.error().message.find("line 2, column visits"), std::string::npos) << rows.error();
    }
}

TEST(SingleColumn, KeepsTheRowsInWhichItIsNotSet) {
    const PageviewReport report({.aggregates = {PageviewMetric::avg_duration}},
                                {{.avg_duration = Seconds{1.5}}, {}, {.avg_duration = Seconds{2}}, {}});
    std::ostringstream table;
    write_csv(table, report);
    EXPECT_EQ(read_csv<PageviewRow>(table.str()).value(), report.rows()) << table.str();
}

TEST(Streams, DoNotChangeNumbersByTheirLocale) {
    struct Grouped : std::numpunct<char> {
        [[nodiscard]] char do_decimal_point() const override { return ','; }
        [[nodiscard]] char do_thousands_sep() const override { return '.'; }
        [[nodiscard]] std::string do_grouping() const override { return "\3"; }
    };
    std::ostringstream out;
    out.imbue(std::locale(std::locale::classic(), new Grouped)); // NOLINT(*-owning-memory): the locale owns it
    out << std::hex << std::showpos;
    const PageviewReport report({.aggregates = {PageviewMetric::visits, PageviewMetric::bounce_rate}},
                                {{.visits = 1'234'567, .bounce_rate = 0.5}});
    write_csv(out, report);
    write_json_lines(out, report);
    EXPECT_EQ(out.str(), "visits,bounce_rate\r\n1234567,0.5\r\n{\"visits\":1234567,\"bounce_rate\":0.5}\n");
}

} // namespace
} // namespace fathom
