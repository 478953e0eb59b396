#include <fathom/records.hpp>

#include <gtest/gtest.h>

#include <limits>
#include <ranges>
#include <sstream>
#include <string>
#include <vector>

#include <fathom/testing/values.hpp>

namespace fathom {
namespace {

using namespace std::chrono;

const sys_seconds instant = sys_days{2026y / June / 1} + 3h;

const Site shop{.id = SiteId("CDBUGS"),
                .name = "Shop, \"the\" one",
                .sharing = Sharing("new"),
                .created_at = instant,
                .timezone = "Europe/Berlin",
                .multi_domain = true,
                .multi_domain_option = MultiDomainOption::separate};

/// That a record comes back from each form as it was.
template <class T>
void expect_round_trip(const T& record) {
    const auto from_text = from_json<T>(to_json(record));
    ASSERT_TRUE(from_text) << from_text.error();
    EXPECT_EQ(*from_text, record);
    const std::vector<T> twice{record, record};
    std::ostringstream lines;
    write_json_lines(lines, twice);
    EXPECT_EQ(read_json_lines<T>(lines.str()).value(), twice);
    std::ostringstream array;
    write_json(array, twice);
    EXPECT_EQ(read_json<T>(array.str()).value(), twice);
    if constexpr (FlatRecord<T> && !ReportRow<T>) {
        std::ostringstream table;
        write_csv(table, twice);
        const auto from_table = read_csv<T>(table.str());
        ASSERT_TRUE(from_table) << from_table.error();
        EXPECT_EQ(*from_table, twice);
    }
}

TEST(Records, ComeBackAsTheyWere) {
    expect_round_trip(Account{.id = "1", .name = "Ann", .email = "ann@example.org"});
    expect_round_trip(Token{.name = "CI", .version = 4, .abilities = {"read:A", "manage:B"}, .created_at = instant});
    expect_round_trip(shop);
    expect_round_trip(Site{.id = SiteId("A")});
    expect_round_trip(SiteCreate{.name = "Shop", .sharing = Sharing::private_, .share_password = "a,b"});
    expect_round_trip(SiteUpdate{.name = ""});
    expect_round_trip(Event{.id = EventId("E"), .name = "Sold", .currency = Currency::euro, .created_at = instant});
    expect_round_trip(EventCreate{.name = "Sold"});
    expect_round_trip(EventUpdate{.name = "Bought"});
    expect_round_trip(Milestone{.id = MilestoneId("M"), .name = "Launch", .milestone_date = 2026y / June / 1});
    expect_round_trip(MilestoneCreate{.name = "Launch", .milestone_date = 2026y / June / 1});
    expect_round_trip(MilestoneUpdate{.milestone_date = 2026y / June / 1});
    expect_round_trip(CurrentPage{.pathname = "/", .total = 3});
    expect_round_trip(CurrentReferrer{.referrer_hostname = "https://example.org", .total = 1});
    expect_round_trip(CurrentVisitors{.total = 3, .content = {{.pathname = "/", .total = 3}}});
    expect_round_trip(PageviewRow{.time = local_days{2026y / June / 1} + 5h,
                                  .visits = 3,
                                  .avg_duration = Seconds{1.25},
                                  .bounce_rate = 0.1,
                                  .fields = {{Field::pathname, "/a \"b\", c"}, {Field("plan"), ""}}});
    expect_round_trip(EventRow{.conversions = 2, .value = 499, .fields = {{Field::city, "K\u00f6ln"}}});
}

TEST(Records, AreWrittenByTheNamesOfTheApi) {
    EXPECT_EQ(to_json(shop), R"({"id":"CDBUGS","name":"Shop, \"the\" one","sharing":"new",)"
                             R"("created_at":"2026-06-01T03:00:00Z","timezone":"Europe/Berlin","multi_domain":true,)"
                             R"("multi_domain_option":"separate"})");
}

const PageviewQuery by_day_and_path{
    .aggregates = {PageviewMetric::visits, PageviewMetric("visitors"), PageviewMetric::avg_duration},
    .date_grouping = DateGrouping::day,
    .field_grouping = Field::pathname};
const PageviewReport report{by_day_and_path,
                            {{.time = local_days{2026y / June / 1},
                              .visits = 3,
                              .avg_duration = Seconds{1.5},
                              .fields = {{Field::pathname, "/a,b"}, {Field("visitors"), "2"}}},
                             {.time = local_days{2026y / June / 2}, .visits = 0}}};

TEST(Reports, AreTablesOfWhatWasAsked) {
    std::ostringstream out;
    write_csv(out, report);
    EXPECT_EQ(out.str(), "date,pathname,visits,visitors,avg_duration\r\n"
                         "2026-06-01 00:00:00,\"/a,b\",3,2,1.5\r\n"
                         "2026-06-02 00:00:00,,0,,\r\n");
    EXPECT_EQ(read_csv<PageviewRow>(out.str()).value(), report.rows());
}

TEST(Reports, AreAppendedWithoutTheirHeader) {
    std::ostringstream out;
    write_csv(out, EventReport({.aggregates = {EventMetric::value}}, {{.value = 5}}), CsvHeader::left_out);
    EXPECT_EQ(out.str(), "5\r\n");
}

TEST(WriteCsv, TakesAViewOfAReport) {
    std::ostringstream out;
    const auto seen = [](const PageviewRow& row) { return row.visits > 0; };
    write_csv(out, report.query(), report | std::views::filter(seen) | std::views::take(1));
    EXPECT_EQ(out.str(), "date,pathname,visits,visitors,avg_duration\r\n"
                         "2026-06-01 00:00:00,\"/a,b\",3,2,1.5\r\n");
}

TEST(WriteCsv, TakesAVectorOfRowsWithTheColumnsThatItIsGiven) {
    const std::vector<EventRow> rows{{.conversions = 2, .value = 5, .fields = {{Field::city, "Rome"}}}};
    std::ostringstream out;
    write_csv(out, {.aggregates = {EventMetric::value}, .field_grouping = Field::city}, rows);
    write_csv(out, {.aggregates = {EventMetric::value}, .field_grouping = Field::city}, rows, CsvHeader::left_out);
    EXPECT_EQ(out.str(), "city,value\r\nRome,5\r\nRome,5\r\n");
}

TEST(WriteJson, WritesAnArrayOfOneRecordALine) {
    std::ostringstream out;
    write_json(out, report | std::views::drop(1));
    EXPECT_EQ(out.str(), "[\n{\"date\":\"2026-06-02 00:00:00\",\"visits\":0}\n]\n");
    out.str("");
    write_json(out, std::vector<EventCreate>{{.name = "a"}, {.name = "b"}});
    EXPECT_EQ(out.str(), "[\n{\"name\":\"a\"},\n{\"name\":\"b\"}\n]\n");
}

TEST(WriteJson, WritesAnArrayOfNothing) {
    std::ostringstream out;
    write_json(out, std::vector<Site>{});
    EXPECT_EQ(out.str(), "[]\n");
    EXPECT_EQ(read_json<Site>(out.str()).value(), std::vector<Site>{});
}

TEST(ReadJson, ReadsAReportAsItPrints) {
    std::ostringstream out;
    out << report;
    EXPECT_EQ(read_json<PageviewRow>(out.str()).value(), report.rows());
}

TEST(ReadJson, LooksForTheEndOfAnElementOutsideOfItsTexts) {
    const std::vector<EventCreate> events{{.name = R"(a]},"[{\)"}, {.name = R"(\"],)"}};
    std::ostringstream out;
    write_json(out, events);
    EXPECT_EQ(read_json<EventCreate>(out.str()).value(), events);
}

TEST(ReadJson, NamesTheElementThatCannotBeRead) {
    const auto refusal = [](std::string_view text) {
        const auto rows = read_json<PageviewRow>(text);
        return rows ? std::string("success") : rows.error().message;
    };
    EXPECT_EQ(refusal(R"([{"visits":1},{"visits":"12x"}])"), "element 2: visits: cannot be \"12x\"");
    EXPECT_EQ(refusal(R"(﻿ [ ] )"), "success");
    EXPECT_EQ(refusal(R"({"visits":1})"), "the text is no JSON array");
    EXPECT_EQ(refusal(""), "the text is no JSON array");
    EXPECT_EQ(refusal(R"([{"visits":1})"), "the text ends before its array does");
    EXPECT_EQ(refusal(R"([{"visits":1},])"), "the text has nothing for element 2 of its array");
    EXPECT_EQ(refusal("[,]"), "the text has nothing for element 1 of its array");
    EXPECT_EQ(refusal("[]]"), "the text goes on behind its array");
    for (const char* not_json : {"[1]", R"([{"visits":1} {"visits":1}])", "[{]}]", "[}]"}) {
        EXPECT_EQ(refusal(not_json).find("element 1: "), 0U) << not_json << ": " << refusal(not_json);
    }
}

TEST(ReadCsv, TakesColumnsInAnyOrderAndPassesOverOthers) {
    const auto sites = read_csv<SiteCreate>("comment,timezone,name\r\nfirst,UTC,Shop\n,,Blog\n").value();
    ASSERT_EQ(sites.size(), 2U);
    EXPECT_EQ(sites[0], (SiteCreate{.name = "Shop", .timezone = "UTC"}));
    EXPECT_EQ(sites[1], (SiteCreate{.name = "Blog"}));
}

TEST(ReadCsv, NamesLineAndColumnOfWhatItCannotRead) {
    const auto pages = read_csv<CurrentPage>("pathname,total\n/,3\n/a,many\n");
    ASSERT_FALSE(pages);
    EXPECT_EQ(pages.error().kind, ErrorKind::decode);
    EXPECT_NE(pages.error().message.find("line 3, column total"), std::string::npos) << pages.error();
    const auto rows = read_csv<EventRow>("date,conversions\nyesterday,1\n");
    ASSERT_FALSE(rows);
    EXPECT_NE(rows.error().message.find("line 2, column date"), std::string::npos) << rows.error();
}

TEST(ReadCsv, RefusesWhatHasNoIdAndLinesOfAnotherLength) {
    EXPECT_FALSE(read_csv<Site>("name\nShop\n"));
    EXPECT_NE(read_csv<Site>("id,name\nA\n").error().message.find("line 2"), std::string::npos);
}

TEST(FromJson, RefusesWhatIsToBeCreatedWithoutWhatItNeeds) {
    const auto refusal = [](const auto& result) { return result ? std::string("success") : result.error().message; };
    EXPECT_EQ(refusal(from_json<SiteCreate>(R"({"sharing":"none"})")), "name: is missing, but required");
    EXPECT_EQ(refusal(from_json<EventCreate>("{}")), "name: is missing, but required");
    EXPECT_EQ(refusal(from_json<MilestoneCreate>(R"({"name":"A"})")), "milestone_date: is missing, but required");
    EXPECT_EQ(refusal(from_json<SiteUpdate>("{}")), "success");
    EXPECT_EQ(refusal(read_csv<SiteCreate>("sharing,timezone\nnone,UTC\n")), "line 2, column name: is missing");
    EXPECT_EQ(refusal(read_csv<SiteCreate>("name,timezone\n,UTC\n")), "line 2, column name: is missing");
    EXPECT_EQ(refusal(read_csv<SiteCreate>("name,timezone\nShop,\n")), "success");
}

TEST(FromJson, TakesNoMemberForTheServicesRefusal) {
    EXPECT_EQ(from_json<SiteCreate>(R"({"name":"a","error":"busy","success":false})").value().name, "a");
    EXPECT_EQ(from_json<Site>(R"({"id":"a","error":"busy"})").value().id.str(), "a");
    EXPECT_EQ(from_json<PageviewRow>(R"({"visits":1,"error":"busy"})").value().visits, 1);
}

TEST(Records, LeaveOutADateThatAnAnswerDidNotHave) {
    const Milestone undated{.id = MilestoneId{"m"}, .name = "Launch"};
    EXPECT_EQ(to_json(undated), R"({"id":"m","name":"Launch"})");
    EXPECT_EQ(from_json<Milestone>(to_json(undated)).value(), undated);
    std::ostringstream out;
    write_csv(out, std::vector{undated});
    EXPECT_EQ(read_csv<Milestone>(out.str()).value(), std::vector{undated});
}

TEST(Records, AreWrittenFromAnArray) {
    const EventCreate events[] = {{.name = "a"}, {.name = "b"}}; // NOLINT(*-avoid-c-arrays): as programs have them
    std::ostringstream out;
    write_csv(out, events);
    EXPECT_EQ(out.str(), "name\r\na\r\nb\r\n");
}

TEST(ReadCsv, TakesBooleansAsSpreadsheetsWriteThem) {
    for (const char* yes : {"true", "True", "TRUE", "1"}) {
        const auto read = read_csv<SiteCreate>(std::string("name,multi_domain\nx,") + yes + "\n");
        EXPECT_EQ(read.value().at(0).multi_domain, true) << yes;
    }
    EXPECT_EQ(read_csv<SiteCreate>("name,multi_domain\nx,FALSE\n").value().at(0).multi_domain, false);
}

TEST(ReadCsv, RefusesAColumnThatComesTwice) {
    EXPECT_EQ(read_csv<Site>("id,name,name\n1,a,b\n").error().message, "line 1 names the column 'name' twice");
    EXPECT_FALSE(read_csv<PageviewRow>("visits,visits\n1,2\n"));
}

TEST(ReadCsv, TakesTheTimeOfARowByEitherName) {
    const auto rows = read_csv<PageviewRow>("timestamp,visits\n2026-06-01,3\n").value();
    EXPECT_EQ(rows.at(0).time, std::chrono::local_days{std::chrono::year{2026} / 6 / 1});
}

TEST(WriteCsv, KeepsMetricsThatThisVersionDoesNotKnowAsTheyCame) {
    for (const char* sent : {"300000", "9007199254740993", "n/a", "1,234"}) {
        PageviewRow row{.fields = {{Field("visitors"), sent}}};
        const PageviewReport report = testing::report_of({row}, {.aggregates = {PageviewMetric("visitors")}});
        std::ostringstream out;
        write_csv(out, report, CsvHeader::left_out);
        const std::string cell = out.str().find('"') == std::string::npos ? sent : '"' + std::string(sent) + '"';
        EXPECT_EQ(out.str(), cell + "\r\n");
    }
}

TEST(WriteCsv, LeavesOutWhatIsNoNumber) {
    PageviewRow row;
    row.bounce_rate = std::numeric_limits<double>::quiet_NaN();
    row.avg_duration = Seconds{std::numeric_limits<double>::infinity()};
    row.visits = 1;
    std::ostringstream out;
    write_csv(out,
              testing::report_of({row}, {.aggregates = {PageviewMetric::visits, PageviewMetric::avg_duration,
                                                        PageviewMetric::bounce_rate}}),
              CsvHeader::left_out);
    EXPECT_EQ(out.str(), "1,,\r\n");
}

TEST(FromJson, NamesTheMemberThatCannotBeRead) {
    const auto refusal = [](const auto& result) { return result ? std::string("success") : result.error().message; };
    EXPECT_EQ(refusal(from_json<PageviewRow>(R"({"visits":"12x"})")), "visits: cannot be \"12x\"");
    EXPECT_EQ(refusal(from_json<PageviewRow>(R"({"visits":3.7})")), "visits: cannot be 3.7");
    EXPECT_EQ(refusal(from_json<PageviewRow>(R"({"date":"2026-13-01"})")), "date: cannot be \"2026-13-01\"");
    EXPECT_EQ(refusal(from_json<PageviewRow>(R"({"visits":[3]})")), "visits: cannot be an array");
    EXPECT_EQ(refusal(from_json<CurrentPage>(R"({"total":"many"})")), "total: cannot be \"many\"");
    EXPECT_EQ(refusal(from_json<MilestoneUpdate>(R"({"name":"A","milestone_date":"2026-02-30"})")),
              "milestone_date: cannot be \"2026-02-30\"");
    EXPECT_EQ(refusal(from_json<MilestoneCreate>(R"({"name":"A","milestone_date":"2026-02-30"})")),
              "milestone_date: is \"2026-02-30\", which is not what belongs there");
    EXPECT_EQ(refusal(from_json<SiteUpdate>(R"({"name":["x"]})")), "name: cannot be an array");
    EXPECT_EQ(refusal(from_json<SiteUpdate>(R"({"nickname":["x"],"name":null})")), "success") << "not known, not set";
}

TEST(FromJson, KeepsAllFieldsOfARow) {
    std::string row = R"({"visits":1)";
    for (int i = 0; i < 40; ++i) row.append(",\"f").append(std::to_string(i)).append("\":\"x\"");
    row += '}';
    EXPECT_EQ(to_json(from_json<PageviewRow>(row).value()).size(), row.size());
}

TEST(FromJson, PassesOverAByteOrderMark) {
    EXPECT_EQ(from_json<PageviewRow>("\ufeff{\"visits\":1}").value().visits, 1);
}

TEST(ReadJsonLines, NamesTheLine) {
    const auto sites = read_json_lines<Site>("{\"id\":\"A\"}\n\n{\"name\":\"B\"}\n");
    ASSERT_FALSE(sites);
    EXPECT_NE(sites.error().message.find("line 3"), std::string::npos) << sites.error();
}

TEST(UpdateToMatch, SetsWhatDiffersAndIsKnownToDiffer) {
    EXPECT_EQ(update_to_match(shop, create_like(shop)), SiteUpdate{});
    EXPECT_EQ(update_to_match(shop, {.name = shop.name}), SiteUpdate{});
    EXPECT_EQ(update_to_match(shop, {.name = "New", .timezone = "UTC", .multi_domain = true}),
              (SiteUpdate{.name = "New", .timezone = "UTC"}));
    const Site silent{.id = SiteId("A"), .name = "A"};
    EXPECT_EQ(update_to_match(silent, {.name = "A", .timezone = "UTC", .multi_domain = true}), SiteUpdate{});
}

TEST(UpdateToMatch, SetsAPasswordOnlyWithTheSharingThatNeedsIt) {
    const Site open{.name = "A", .sharing = Sharing::public_};
    const Site closed{.name = "A", .sharing = Sharing::private_};
    const SiteCreate wanted{.name = "A", .sharing = Sharing::private_, .share_password = "secret"};
    EXPECT_EQ(update_to_match(open, wanted), (SiteUpdate{.sharing = Sharing::private_, .share_password = "secret"}));
    EXPECT_EQ(update_to_match(closed, wanted), SiteUpdate{});
}

TEST(TextAsJson, IsQuotedAndValid) {
    EXPECT_EQ(to_json("a \"b\" \\ \n"), R"("a \"b\" \\ \n")");
    EXPECT_EQ(to_json(std::string_view("\0\x1b", 2)), R"("\u0000\u001b")");
    EXPECT_EQ(to_json("K\u00f6ln \xff"), "\"K\u00f6ln \ufffd\"");
}

TEST(CreateLike, TakesAllButThePassword) {
    const SiteCreate copy = create_like(shop);
    EXPECT_EQ(copy.name, shop.name);
    EXPECT_EQ(copy.timezone, shop.timezone);
    EXPECT_EQ(copy.multi_domain, true);
    EXPECT_EQ(copy.share_password, std::nullopt);
}

} // namespace
} // namespace fathom
