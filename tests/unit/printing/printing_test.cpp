#include <fathom/fathom.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <iomanip>
#include <memory>
#include <sstream>
#include <string>
#include <version>

#include "support/printed.hpp"

namespace fathom {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::sys_seconds noon = std::chrono::sys_days{2024y / std::chrono::May / 7} + 12h;
constexpr std::chrono::local_seconds local_noon{noon.time_since_epoch()};

TEST(Printing, WritesResourcesAsJsonWithoutWhatIsNotSet) {
    EXPECT_EQ(printed(Site{.id = SiteId("CDBUGS"), .name = "A \"shop\"\n", .sharing = Sharing::public_}),
              R"({"id":"CDBUGS","name":"A \"shop\"\n","sharing":"public"})");
    EXPECT_EQ(printed(Site{.id = SiteId("A"), .name = "B", .sharing = Sharing("new"), .created_at = noon}),
              R"({"id":"A","name":"B","sharing":"new","created_at":"2024-05-07T12:00:00Z"})");
    EXPECT_EQ(printed(Milestone{.id = MilestoneId("1"), .name = "M", .milestone_date = 2024y / std::chrono::May / 7}),
              R"({"id":"1","name":"M","milestone_date":"2024-05-07"})");
    EXPECT_EQ(printed(Event{.name = "Buy", .currency = Currency::yen}), R"({"name":"Buy","currency":"yen"})");
    EXPECT_EQ(printed(Token{.name = "t", .version = 3, .abilities = {"*", "read:A"}}),
              R"({"name":"t","version":3,"abilities":["*","read:A"]})");
    EXPECT_EQ(printed(CurrentVisitors{.total = 2, .content = {{.pathname = "/", .total = 2}}}),
              R"({"total":2,"content":[{"pathname":"/","total":2}],"referrers":[]})");
    EXPECT_EQ(printed(Page<Site>{.data = {}, .has_more = true}), R"({"data":[],"has_more":true})");
}

TEST(Printing, WritesARowAsTheServiceSendsIt) {
    const PageviewRow row{.time = local_noon,
                          .visits = 3,
                          .avg_duration = Seconds(1.5),
                          .fields = {{Field::pathname, "/a"}, {Field("new"), "x"}}};
    EXPECT_EQ(printed(row),
              R"({"date":"2024-05-07 12:00:00","visits":3,"avg_duration":1.5,"pathname":"/a","new":"x"})");
    EXPECT_EQ(printed(EventRow{.conversions = 1, .value = 250}), R"({"conversions":1,"value":250})");
    EXPECT_EQ(printed(PageviewReport({.aggregates = {}}, {row, {}})), "[" + printed(row) + ",\n{}]");
}

TEST(Printing, WritesAQuery) {
    const PageviewQuery query{.aggregates = {PageviewMetric::visits, PageviewMetric("new")},
                              .date_grouping = DateGrouping::day,
                              .field_grouping = Field::pathname,
                              .sort_by = descending(PageviewMetric::visits),
                              .date_from = noon,
                              .date_to = local_noon,
                              .filters = {Field::country_code != "DE"}};
    EXPECT_EQ(printed(query),
              R"({"aggregates":["visits","new"],"date_grouping":"day","field_grouping":["pathname"],)"
              R"("sort_by":"visits:desc","date_from":"2024-05-07T12:00:00Z","date_to":"2024-05-07 12:00:00",)"
              R"("filters":[{"field":"country_code","comparison":"is not","value":"DE"}]})");
    EXPECT_EQ(printed(between(2024y / std::chrono::May / 7, 2024y / std::chrono::May / 8)),
              R"({"first":"2024-05-07","last":"2024-05-08"})");
    EXPECT_EQ(printed(SortBy<EventMetric>(ascending(time_bucket))), "timestamp:asc");
}

TEST(Printing, WritesErrorsAndEnumerators) {
    EXPECT_EQ(printed(ErrorKind::rate_limited), "rate_limited");
    EXPECT_EQ(printed(HttpMethod::delete_), "DELETE");
    EXPECT_EQ(printed(LimitGroup::reports), "reports");
    EXPECT_EQ(printed(DateGrouping::hour), "hour");
    EXPECT_EQ(printed(FilterOperator::is_not), "is not");
    EXPECT_EQ(printed(Direction::backward), "backward");
    EXPECT_EQ(printed(WhenLimited::fail), "fail");
    EXPECT_EQ(printed(Priority::interactive), "interactive");
    EXPECT_EQ(printed(CacheUse::refresh), "refresh");
    EXPECT_EQ(printed(PermitUse::never_sent), "never_sent");
    EXPECT_EQ(printed(invalid_argument("name", "is empty")), "invalid_argument: name: is empty");
    EXPECT_EQ(printed(FieldError{"name", "is empty"}), R"({"field":"name","message":"is empty"})");
}

TEST(Printing, WritesOptionsAndQuota) {
    EXPECT_EQ(printed(RetryPolicy{}),
              R"({"max_attempts":3,"base_delay":0.5,"max_delay":8,"budget":0.2,"budget_reserve":10})");
    EXPECT_EQ(printed(CallOptions{.timeout = 1500ms, .priority = Priority::interactive}),
              R"({"timeout":1.5,"stop":false,"when_limited":"wait","priority":"interactive","cache":"allowed",)"
              R"("context":false})");
    EXPECT_EQ(printed(GroupQuota{.free_permits = 4, .next_permit_at = noon, .requests_sent = 6}),
              R"({"free_permits":4,"next_permit_at":"2024-05-07T12:00:00Z","waiting_calls":0,)"
              R"("requests_sent":6,"refused_requests":0,"pace":{"in_flight":0,"requests":0,"waiting":0}})");
    EXPECT_EQ(printed(RateLimit{.requests = 10, .window = 60s}), R"({"requests":10,"window":60})");
    EXPECT_EQ(printed(RateLimit{.requests = 10, .window = 60s, .max_in_flight = 3}),
              R"({"requests":10,"window":60,"max_in_flight":3})");
    EXPECT_NE(printed(ClientOptions{}).find(R"("limit_sharing":"process")"), std::string::npos);
}

TEST(Printing, WritesRangesAndPeriods) {
    EXPECT_EQ(printed(ReportRange::Days{2024y / std::chrono::May / 7, 2024y / std::chrono::May / 8}),
              R"({"first":"2024-05-07","last":"2024-05-08"})");
    EXPECT_EQ(printed(half_open(noon, noon + 1h)), R"({"from":"2024-05-07T12:00:00Z","until":"2024-05-07T13:00:00Z"})");
    EXPECT_EQ(printed(ReportRange::Relative{ReportRange::Relative::Unit::week, 1, 0, std::chrono::Sunday}),
              R"({"unit":"week","first":1,"last":0,"first_weekday":"Sunday"})");
    EXPECT_EQ(printed(ZonePeriod{noon, noon + 1h, -90min}),
              R"({"begin":"2024-05-07T12:00:00Z","end":"2024-05-07T13:00:00Z","offset":-5400})");
}

TEST(Printing, WritesAHistoryWithoutItsRows) {
    EXPECT_EQ(
        printed(PageviewHistoryQuery{.aggregates = {PageviewMetric::uniques}, .range = half_open(noon, noon + 1h)}),
        R"({"aggregates":["uniques"],"date_grouping":"day","field_grouping":[],)"
        R"("range":{"from":"2024-05-07T12:00:00Z","until":"2024-05-07T13:00:00Z"},"filters":[]})");
    EXPECT_EQ(printed(EventHistoryPiece{.from = local_noon,
                                        .until = local_noon + 24h,
                                        .report = {{.aggregates = {}}, {{.conversions = 1}}},
                                        .is_complete = false,
                                        .place = "p",
                                        .progress = {.part_done = 0.5, .requests_made = 1, .requests_to_come = 2}}),
              R"({"from":"2024-05-07 12:00:00","until":"2024-05-08 12:00:00","is_complete":false,"is_over":true,)"
              R"("place":"p","progress":{"part_done":0.5,"requests_made":1,"requests_to_come":2,"time_left":0}})");
    EXPECT_EQ(printed(HistoryOptions{.resume_from = "p"}),
              R"({"resume_from":"p","when_incomplete":"fail","call":{"stop":false,"when_limited":"wait",)"
              R"("priority":"background","cache":"allowed","context":false}})");
}

TEST(Printing, NeverWritesASecret) {
    const std::string secret = "s3cret";
    const auto headers = std::make_shared<const std::vector<HttpHeader>>(
        std::vector<HttpHeader>{{"Authorization", "Bearer " + secret}, {"Accept", "application/json"}});
    std::ostringstream out;
    out << ClientOptions{.api_key = secret,
                         .base_url = "https://me:" + secret + "@example.com/v1",
                         .connection = {.proxy = "http://me:" + secret + "@proxy:3128"}}
        << SiteCreate{.name = "A", .sharing = Sharing::private_, .share_password = secret}
        << SiteUpdate{.share_password = secret} << HttpRequest{.url = "https://x/", .headers = headers, .body = secret}
        << RawRequest{.path = "/sites", .query = {{"API_KEY", secret}}, .body = secret}
        << HttpResponse{.headers = {{"Set-Cookie", secret}}, .body = secret} << (*headers)[0];
    EXPECT_EQ(out.str().find(secret), std::string::npos) << out.str();
    EXPECT_NE(out.str().find(R"("api_key":"***")"), std::string::npos);
    EXPECT_NE(out.str().find(R"("share_password":"***")"), std::string::npos);
    EXPECT_NE(out.str().find(R"("proxy":"http://***@proxy:3128")"), std::string::npos);
    EXPECT_NE(out.str().find(R"({"Accept":"application/json"})"), std::string::npos);
    EXPECT_NE(out.str().find(R"("body_size":6)"), std::string::npos);
}

TEST(Printing, TakesTheWidthOfAStreamForTheWholeValue) {
    std::ostringstream out;
    out << std::setw(30) << EventCreate{.name = "Buy"};
    EXPECT_EQ(out.str(), R"(                {"name":"Buy"})");
}

TEST(Comparing, IsMemberWise) {
    EXPECT_EQ(PageviewRow{.visits = 1}, PageviewRow{.visits = 1});
    EXPECT_NE(PageviewRow{.visits = 1}, PageviewRow{});
    EXPECT_EQ((PageviewRow{.fields = {{Field::city, "A"}, {Field::state, "B"}}}),
              (PageviewRow{.fields = {{Field::state, "B"}, {Field::city, "A"}}}));
    EXPECT_NE((PageviewRow{.fields = {{Field::city, "A"}}}), (PageviewRow{.fields = {{Field::city, "B"}}}));
    EXPECT_NE((EventRow{.fields = {{Field::city, "A"}}}), EventRow{});
    EXPECT_EQ(PageviewReport({.aggregates = {}}, {{.visits = 1}}), PageviewReport({.aggregates = {}}, {{.visits = 1}}));
    EXPECT_NE(PageviewReport({.aggregates = {}}, {}), PageviewReport({.aggregates = {}, .limit = 1}, {}));
    EXPECT_EQ(PageviewQuery{.aggregates = {PageviewMetric::visits}},
              PageviewQuery{.aggregates = {PageviewMetric::visits}});
    EXPECT_EQ((Error{.kind = ErrorKind::gone}), (Error{.kind = ErrorKind::gone}));
    EXPECT_NE((Error{.kind = ErrorKind::gone}), Error{});
    EXPECT_EQ(ClientOptions{.api_key = "a"}, ClientOptions{.api_key = "a"});
    EXPECT_NE(ClientOptions{.api_key = "a"}, ClientOptions{.api_key = "b"});
    EXPECT_EQ(CallOptions{}, CallOptions{});
    EXPECT_EQ(Quota{}, Quota{});
    EXPECT_EQ((HttpResponse{.headers = {{"A", "b"}}}), (HttpResponse{.headers = {{"A", "b"}}}));
    const auto headers = [] { return std::make_shared<const std::vector<HttpHeader>>(1, HttpHeader{"A", "b"}); };
    EXPECT_EQ(HttpRequest{.headers = headers()}, HttpRequest{.headers = headers()});
    EXPECT_NE(HttpRequest{.headers = headers()}, HttpRequest{});
}

#if defined(__cpp_lib_format)
TEST(Formatting, GivesWhatPrintingGives) {
    EXPECT_EQ(std::format("{}", Sharing::public_), "public");
    EXPECT_EQ(std::format("{:>8}", Field("new")), "     new");
    EXPECT_EQ(std::format("{}", SiteId("A")), "A");
    EXPECT_EQ(std::format("{}", EventCreate{.name = "Buy"}), R"({"name":"Buy"})");
    EXPECT_EQ(std::format("{}", PageviewReport({.aggregates = {}}, {{.visits = 1}})), R"([{"visits":1}])");
    EXPECT_EQ(std::format("{}", invalid_argument("name", "is empty")), "invalid_argument: name: is empty");
    EXPECT_EQ(std::format("{}", Result<int>(5)), "5");
    EXPECT_EQ(std::format("{}", PageviewHistoryQuery{.aggregates = {}}),
              printed(PageviewHistoryQuery{.aggregates = {}}));
    EXPECT_EQ(std::format("{}", ReportRange(ReportRange::Days{})), printed(ReportRange(ReportRange::Days{})));
    EXPECT_EQ(std::format("{}", LimitSharing::none), "none");
}
#endif

} // namespace
} // namespace fathom
