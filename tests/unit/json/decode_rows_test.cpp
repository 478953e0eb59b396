#include <gtest/gtest.h>

#include "support/decoding.hpp"

namespace fathom::detail::json {
namespace {

const PageviewQuery visits_by_path{.aggregates = {PageviewMetric::visits}, .field_grouping = Field::pathname};

std::vector<PageviewRow> rows_of(std::string_view body, const PageviewQuery& query = visits_by_path) {
    return decode_rows(body, query).value();
}

std::string message_of(std::string_view body) {
    const auto rows = decode_rows(body, visits_by_path);
    return rows ? "no error" : rows.error().message;
}

TEST(DecodeRows, TakesNumbersTextsAndNull) {
    const auto rows = rows_of(R"([{"visits":1},{"visits":"2"},{"visits":null},{}])");
    ASSERT_EQ(rows.size(), 4U);
    EXPECT_EQ(rows[0].visits, 1);
    EXPECT_EQ(rows[1].visits, 2);
    EXPECT_EQ(rows[2].visits, std::nullopt);
    EXPECT_EQ(rows[3].visits, std::nullopt);
}

TEST(DecodeRows, KeepsATimeThatAnotherMemberDoesNotSay) {
    for (const char* row :
         {R"([{"date":"2023-01-02","timestamp":null}])", R"([{"timestamp":null,"date":"2023-01-02"}])",
          R"([{"date":"2023-01-02","timestamp":1672617600}])", R"([{"timestamp":"2023-01-02","date":""}])"}) {
        EXPECT_EQ(rows_of(row)[0].time, std::chrono::local_days{std::chrono::January / 2 / 2023}) << row;
    }
}

TEST(DecodeRows, TellsNullFromAnEmptyText) {
    const auto rows = rows_of(R"([{"pathname":null},{"pathname":""},{"pathname":"/"}])");
    EXPECT_EQ(rows[0].fields.find(Field::pathname), std::nullopt);
    EXPECT_EQ(rows[1].fields.find(Field::pathname), "");
    EXPECT_EQ(rows[2].fields[Field::pathname], "/");
}

TEST(DecodeRows, GivesNothingForAFieldThatWasNotGroupedBy) {
    EXPECT_EQ(rows_of(R"([{"pathname":"/"}])")[0].fields.find(Field::browser), std::nullopt);
}

TEST(DecodeRows, LetsARowOutliveItsReport) {
    PageviewRow kept;
    {
        const auto rows = rows_of(R"([{"pathname":"/a"},{"pathname":"/b"}])");
        kept = rows[1];
    }
    EXPECT_EQ(kept.fields[Field::pathname], "/b");
}

TEST(DecodeRows, TellsTextsApartThatComeInAnotherOrderThanBefore) {
    const auto rows = rows_of(R"([{"pathname":"/a"},{"pathname":"/b"},{"pathname":"/a"},{"pathname":"/c"},
                                  {"pathname":"/a"},{"pathname":"/b"},{"pathname":"/b"},{"pathname":null},
                                  {"pathname":"/a"}])");
    std::string paths;
    for (const PageviewRow& row : rows) paths += row.fields[Field::pathname];
    EXPECT_EQ(paths, "/a/b/a/c/a/b/b/a");
}

TEST(DecodeRows, KeepsTheTextsOfEachGroupedField) {
    const PageviewQuery query{.aggregates = {PageviewMetric::visits}, .field_grouping = {Field::city, Field::state}};
    const auto rows =
        rows_of(R"([{"city":"York","state":"Maine"},{"city":"Maine","state":"York"},{"city":"York"}])", query);
    EXPECT_EQ(rows[0].fields[Field::city], "York");
    EXPECT_EQ(rows[0].fields[Field::state], "Maine");
    EXPECT_EQ(rows[1].fields[Field::city], "Maine");
    EXPECT_EQ(rows[1].fields[Field::state], "York");
    EXPECT_EQ(rows[2].fields[Field::city], "York");
    EXPECT_EQ(rows[2].fields.find(Field::state), std::nullopt);
}

TEST(DecodeRows, TakesTextInNumbersForGroupedFields) {
    EXPECT_EQ(rows_of(R"([{"pathname":404}])")[0].fields[Field::pathname], "404");
}

TEST(DecodeRows, SkipsWhatWasNotAsked) {
    const auto rows = rows_of(R"({"meta":{"a":[1]},"data":[{"x":{"visits":9},"visits":1,"y":[2]}],"links":[3]})");
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].visits, 1);
}

TEST(DecodeRows, TakesKeysInAnyOrder) {
    const auto rows = rows_of(R"([{"visits":1,"pathname":"/a"},{"pathname":"/b","visits":2}])");
    EXPECT_EQ(rows[1].visits, 2);
    EXPECT_EQ(rows[1].fields[Field::pathname], "/b");
}

TEST(DecodeRows, GivesRowsThatShareATextForTheirTimeTheSameTime) {
    using namespace std::chrono;
    const PageviewQuery daily{.aggregates = {PageviewMetric::visits}, .date_grouping = DateGrouping::day};
    const auto rows =
        rows_of(R"([{"date":"2023-02-01"},{"date":"2023-02-01"},{"date":null},{"date":"2023-02-02"}])", daily);
    EXPECT_EQ(rows[0].time, local_days{2023y / February / 1});
    EXPECT_EQ(rows[1].time, local_days{2023y / February / 1});
    EXPECT_EQ(rows[2].time, std::nullopt);
    EXPECT_EQ(rows[3].time, local_days{2023y / February / 2});
}

TEST(DecodeRows, TakesAYearAsANumber) {
    using namespace std::chrono;
    const PageviewQuery yearly{.aggregates = {PageviewMetric::visits}, .date_grouping = DateGrouping::year};
    EXPECT_EQ(rows_of(R"([{"date":2023}])", yearly)[0].time, local_days{2023y / January / 1});
}

TEST(DecodeRows, GivesNoRowsForAnEmptyReport) {
    EXPECT_TRUE(rows_of("[]").empty());
    EXPECT_TRUE(rows_of(R"({"data":[]})").empty());
}

TEST(DecodeRows, TakesACountWrittenAsAFraction) { EXPECT_EQ(rows_of(R"([{"visits":12.0}])")[0].visits, 12); }

TEST(DecodeRows, RefusesWhatHoldsNoRows) {
    for (const char* body :
         {R"({"object":"list"})", R"({"data":null})", R"({"data":{"visits":1}})", R"({"data":7})", "[1]", "[[]]", "7",
          "null", "\"x\"", "", "<html>", "[{\"visits\":1}", R"({"error":"x"})"}) {
        EXPECT_FALSE(decode_rows(body, visits_by_path)) << body;
    }
}

TEST(DecodeRows, NamesThePathOfWhatIsNoRow) {
    EXPECT_EQ(message_of(R"([{"visits":1},7])"), "[1]: is 7, but rows belong there");
    EXPECT_EQ(message_of(R"({"data":[[]]})"), "data[0]: is an array, but rows are objects");
}

TEST(DecodeRows, RefusesEveryTruncation) {
    const std::string whole = R"({"data":[{"visits":"12","pathname":"/ü","date":"2024-01-01 00:00:00"},{"visits":3}]})";
    for (std::size_t length = 0; length < whole.size(); ++length) {
        EXPECT_FALSE(decode_rows(whole.substr(0, length), visits_by_path)) << length;
    }
}

TEST(DecodeRows, SurvivesEveryChangedByte) {
    const std::string whole = R"({"data":[{"visits":"12","pathname":"/ü","date":"2024-01-01 00:00:00","z":[{}]}]})";
    for (std::size_t at = 0; at < whole.size(); ++at) {
        for (int byte = 0; byte < 256; ++byte) {
            std::string changed = whole;
            changed[at] = static_cast<char>(byte);
            const auto rows = decode_rows(changed, visits_by_path);
            ASSERT_TRUE(rows || rows.error().kind == ErrorKind::decode);
        }
    }
}

} // namespace
} // namespace fathom::detail::json
