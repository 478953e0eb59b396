// What is passed over in an answer, and noted. Only the id of what may be changed by it, and the items of a list, are
// required.
#include <gtest/gtest.h>

#include <chrono>

#include <fathom/account.hpp>
#include <fathom/current_visitors.hpp>
#include <fathom/events.hpp>
#include <fathom/milestones.hpp>
#include <fathom/sites.hpp>

#include "support/decoding.hpp"

namespace fathom::detail {

void PrintTo(const Drift& drift, std::ostream* out) { *out << drift.path << ": " << drift.found; }

namespace json {
namespace {

using namespace std::chrono;

template <class T>
struct Read {
    T value;
    std::vector<Drift> drift;
};

template <class T>
Read<T> read(std::string_view body) {
    DriftLog drift;
    Result<T> value = decode<T>(body, drift);
    EXPECT_TRUE(value) << body << ": " << value.error();
    return {std::move(value).value_or(T{}), drift.kept()};
}

using Rows = std::vector<PageviewRow>;

Read<Rows> read_rows(std::string_view body,
                     const PageviewQuery& query = {.aggregates = {PageviewMetric::visits, PageviewMetric::uniques},
                                                   .date_grouping = DateGrouping::day,
                                                   .field_grouping = Field::pathname}) {
    DriftLog drift;
    Result<Rows> rows = decode_rows(body, query, drift);
    EXPECT_TRUE(rows) << body << ": " << rows.error();
    return {std::move(rows).value_or(Rows{}), drift.kept()};
}

using Notes = std::vector<Drift>;

TEST(Drift, IsNoneInAnAnswerAsPromised) {
    EXPECT_EQ(read<Site>(R"({"id":"A","object":"site","name":"n","timezone":null,"x":{"y":[1]}})").drift, Notes{});
    EXPECT_EQ(read<Page<Site>>(R"({"object":"list","data":[],"has_more":false})").drift, Notes{});
    EXPECT_EQ(read<Page<Site>>("[]").drift, Notes{});
    EXPECT_EQ(read_rows(R"([{"visits":"1","uniques":null,"date":"2024-01-01","pathname":null}])").drift, Notes{});
    EXPECT_EQ(read<CurrentVisitors>(R"({"total":"3","content":[],"referrers":null})").drift, Notes{});
}

TEST(Drift, LeavesAnOptionalDateAbsentInEachFormThatIsNone) {
    for (const auto& [date, found] : std::vector<std::pair<std::string, std::string>>{
             {R"("0000-00-00 00:00:00")", R"("0000-00-00 00:00:00")"},
             {R"("-0001-11-30 00:00:00")", R"("-0001-11-30 00:00:00")"},
             {R"("")", R"("")"},
             {"1595851261", "1595851261"},
             {"1595851261.5", "1595851261.5"},
             {"false", "false"},
             {"[]", "an array"},
             {R"({"date":"2020-07-27 12:01:01.000000","timezone_type":3,"timezone":"UTC"})", "an object"}}) {
        const auto [site, drift] = read<Site>(R"({"id":"A","name":"n","created_at":)" + date + R"(,"timezone":"UTC"})");
        EXPECT_EQ(site.created_at, std::nullopt) << date;
        EXPECT_EQ(site.timezone, "UTC") << date;
        EXPECT_EQ(drift, (Notes{{"created_at", found}})) << date;
    }
}

TEST(Drift, NamesTheItemOfAList) {
    const auto [page, drift] =
        read<Page<Milestone>>(R"({"data":[{"id":"A","name":"a","milestone_date":"2024-01-01"},)"
                              R"({"id":"B","name":"b","milestone_date":"soon","created_at":0}],"has_more":"maybe"})");
    ASSERT_EQ(page.data.size(), 2U);
    EXPECT_FALSE(page.data[1].milestone_date.ok());
    EXPECT_EQ(drift,
              (Notes{{"data[1].milestone_date", "\"soon\""}, {"data[1].created_at", "0"}, {"has_more", "\"maybe\""}}));
}

TEST(Drift, TellsOfWhatTheApiAlwaysSendsButDidNot) {
    EXPECT_EQ(read<Site>(R"({"id":"A"})").drift, (Notes{{"name", "nothing, but the API always sends it"}}));
    const auto [event, drift] = read<Event>(R"({"id":"A","name":null})");
    EXPECT_EQ(event.id, EventId{"A"});
    EXPECT_EQ(drift, (Notes{{"name", "null"}}));
}

TEST(Drift, ReadsAnswersOfWhichEveryOptionalMemberIsMissing) {
    EXPECT_EQ(read<Account>("{}").value, Account{});
    EXPECT_EQ(read<Token>("{}").value, Token{});
    EXPECT_EQ(read<Site>(R"({"id":"A"})").value, Site{.id = SiteId{"A"}});
    EXPECT_EQ(read<Event>("{}").value, Event{});
    EXPECT_EQ(read<Milestone>(R"({"id":"A"})").value, Milestone{.id = MilestoneId{"A"}});
    EXPECT_EQ(read<CurrentVisitors>("{}").value, CurrentVisitors{});
    EXPECT_EQ(read<CurrentVisitors>(R"({"content":[{}],"referrers":[{}]})").value.content.size(), 1U);
    EXPECT_EQ(read<Page<Site>>(R"({"data":[{"id":"A"}]})").value.data.size(), 1U);
    EXPECT_EQ(read_rows(R"({"data":[{}]})").value.size(), 1U);
}

TEST(Drift, LeavesOutWhatIsNoItemOfAnOptionalList) {
    const auto [visitors, drift] =
        read<CurrentVisitors>(R"({"total":3,"content":[null,{"pathname":null,"total":" 2 "},7],"referrers":""})");
    EXPECT_EQ(visitors.total, 3);
    EXPECT_EQ(visitors.content, (std::vector<CurrentPage>{{}}));
    EXPECT_EQ(drift, (Notes{{"content[0]", "null"},
                            {"content[1].pathname", "null"},
                            {"content[1].total", "\" 2 \""},
                            {"content[2]", "7"},
                            {"referrers", "\"\""}}));
    const auto [token, more] = read<Token>(R"({"name":"n","abilities":["a",null,{"b":1},"c"]})");
    EXPECT_EQ(token.abilities, (std::vector<std::string>{"a", "c"}));
    EXPECT_EQ(more, (Notes{{"abilities[1]", "null"}, {"abilities[2]", "an object"}}));
}

TEST(Drift, LeavesAMetricAbsentThatIsNoNumber) {
    for (const char* value : {R"("")", R"(" 99 ")", R"("many")", "true", "12.5", "{}", "[1]", "18446744073709551615",
                              R"("99999999999999999999")", "1e300"}) {
        const auto [rows, drift] = read_rows(R"([{"visits":1},{"visits":)" + std::string(value) + R"(,"uniques":7}])");
        ASSERT_EQ(rows.size(), 2U) << value;
        EXPECT_EQ(rows[1].visits, std::nullopt) << value;
        EXPECT_EQ(rows[1].uniques, 7) << value;
        ASSERT_EQ(drift.size(), 1U) << value;
        EXPECT_EQ(drift[0].path, "[1].visits") << value;
    }
}

TEST(Drift, LeavesARowWithoutATimeThatIsNone) {
    const auto [rows, drift] = read_rows(R"({"data":[{"visits":1,"date":""},{"visits":2,"date":"2024-02-30"}]})");
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].time, std::nullopt);
    EXPECT_EQ(rows[1].visits, 2);
    EXPECT_EQ(drift, (Notes{{"data[0].date", "\"\""}, {"data[1].date", "\"2024-02-30\""}}));
}

TEST(Drift, KeepsTheFirstFewOfThousands) {
    std::string body = "[";
    for (int i = 0; i < 5'000; ++i) body += R"({"visits":"?"},)";
    body.back() = ']';
    EXPECT_EQ(read_rows(body).drift.size(), DriftLog::most);
}

Notes notes_of_failure(Result<Page<Site>> (*read_list)(std::string_view, DriftLog&), std::string_view body) {
    DriftLog drift;
    EXPECT_FALSE(read_list(body, drift)) << body;
    return drift.kept();
}

TEST(Drift, IsARequiredMemberThatEndsTheReadingToo) {
    const auto notes = [](std::string_view body) { return notes_of_failure(&decode<Page<Site>>, body); };
    EXPECT_EQ(notes(R"({"data":[{"name":"n"}]})"), (Notes{{"data[0].id", "nothing, but the API always sends it"}}));
    EXPECT_EQ(notes(R"({"data":[{"id":null,"name":"n"}]})"), (Notes{{"data[0].id", "null"}}));
    EXPECT_EQ(notes(R"({"data":[{"id":"A","name":[]},7]})"), (Notes{{"data[0].name", "an array"}, {"data[1]", "7"}}));
    EXPECT_EQ(notes(R"({"has_more":true})"), (Notes{{"data", "nothing, but the API always sends it"}}));
}

TEST(Drift, IsAReportWithoutRowsToo) {
    const auto notes = [](std::string_view body) {
        DriftLog drift;
        EXPECT_FALSE(decode_rows(body, PageviewQuery{}, drift)) << body;
        return drift.kept();
    };
    EXPECT_EQ(notes(R"({"rows":[]})"), (Notes{{"", "no member 'data'"}}));
    EXPECT_EQ(notes(R"({"data":"none"})"), (Notes{{"data", "\"none\""}}));
    EXPECT_EQ(notes(R"([{"visits":1},[2]])"), (Notes{{"[1]", "an array"}}));
}

TEST(Drift, TellsWhatEndedTheReadingAlsoBehindMoreThanAreKept) {
    std::string body = R"({"data":[)";
    for (std::size_t i = 0; i < 2 * DriftLog::most; ++i) body += R"({"id":"A","name":null},)";
    const Notes notes = notes_of_failure(&decode<Page<Site>>, body + R"({"id":[]}]})");
    ASSERT_EQ(notes.size(), DriftLog::most);
    EXPECT_EQ(notes.front().path, "data[0].name");
    EXPECT_EQ(notes.back().path, "data[32].id");
}

TEST(Drift, ShowsWhatStoodThereAsOneShortLine) {
    const auto [site, drift] =
        read<Site>(R"({"id":"A","name":"n","created_at":"a\nb\u2028c)" + std::string(500, 'd') + R"("})");
    ASSERT_EQ(drift.size(), 1U);
    EXPECT_EQ(drift[0].found, "\"a b c" + std::string(35, 'd') + "…\"");
}

TEST(Drift, ShowsANameThatTheServerChoseAsOneShortLine) {
    const auto [rows, drift] =
        read_rows("[{\"visits\":1,\"x\\n[INF] " + std::string(500, 'y') + "\":\"not UTF-8: \xFF\"}]");
    ASSERT_EQ(drift.size(), 2U);
    EXPECT_EQ(drift[1].path, "[0].x [INF] " + std::string(32, 'y') + "…");
}

TEST(ListsOfPhp, AreReadFromObjectsWithTheirPlacesForNames) {
    const auto [page, drift] =
        read<Page<Site>>(R"({"data":{"1":{"id":"A","name":"a"},"3":{"id":"B","name":"b"}},"has_more":true})");
    ASSERT_EQ(page.data.size(), 2U);
    EXPECT_EQ(page.data[1].id, SiteId{"B"});
    EXPECT_TRUE(page.has_more);
    EXPECT_EQ(drift, (Notes{{"data", "an object where a list belongs"}}));
}

TEST(ListsOfPhp, AreReadWithoutAnEnvelopeToo) {
    const auto sites = read<Page<Site>>(R"({"1":{"id":"A","name":"a"},"3":{"id":"B","name":"b"}})");
    EXPECT_EQ(sites.value.data.size(), 2U);
    EXPECT_EQ(sites.drift, (Notes{{"", "an object where a list belongs"}}));
    const auto [rows, drift] = read_rows(R"({"1":{"visits":1},"2":{"visits":2}})");
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[1].visits, 2);
    EXPECT_EQ(drift, (Notes{{"", "an object where a list belongs"}}));
}

TEST(ListsOfPhp, NameThePlaceOfWhatIsWrongInThem) {
    const auto bad_site = decode<Page<Site>>(R"({"1":{"id":"A"},"2":{"name":"b"}})");
    ASSERT_FALSE(bad_site);
    EXPECT_EQ(bad_site.error().message, "[1].id: is missing, but required");
    EXPECT_EQ(read_rows(R"({"data":{"a":{"visits":1},"b":{"visits":"?"}}})").drift,
              (Notes{{"data", "an object where a list belongs"}, {"data[1].visits", "\"?\""}}));
}

TEST(ListsOfPhp, AreReadInsideOfAnswers) {
    const auto visitors =
        read<CurrentVisitors>(R"({"total":1,"content":{"2":{"pathname":"/","total":1}},"referrers":{}})");
    EXPECT_EQ(visitors.value.content, (std::vector<CurrentPage>{{.pathname = "/", .total = 1}}));
    EXPECT_EQ(visitors.drift.size(), 2U);
}

TEST(ListsOfPhp, MayBeEmptyObjects) {
    for (const char* body : {R"({"data":{}})", "{}"}) {
        EXPECT_TRUE(read<Page<Site>>(body).value.data.empty()) << body;
        EXPECT_EQ(read<Page<Site>>(body).drift.size(), 1U) << body;
        EXPECT_TRUE(read_rows(body).value.empty()) << body;
        EXPECT_EQ(read_rows(body).drift.size(), 1U) << body;
    }
}

TEST(ListsOfPhp, AreNoReasonToTakeAnyObjectForOne) {
    EXPECT_FALSE(decode<Page<Site>>(R"({"object":"list"})"));
    EXPECT_FALSE(decode<Page<Site>>(R"({"1":"A"})"));
    EXPECT_FALSE(decode<Page<Site>>(R"({"data":{"id":"A"}})"));
}

} // namespace
} // namespace json
} // namespace fathom::detail
