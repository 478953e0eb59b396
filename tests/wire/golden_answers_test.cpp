// Answers of each operation as they come, in the specification's form and in the live service's.
#include "support/scripted_client.hpp"

namespace fathom {
namespace {

using namespace std::chrono;

class GoldenAnswer : public ScriptedClient {
protected:
    void answer(const char* body, int status = 200) { transport->then({.status = status, .body = body}); }

    Client client{options()};
    SiteId site{"CDBUGS"};
};

TEST_F(GoldenAnswer, OfGetAccountAsSpecified) {
    answer(R"({"id":"500302232","object":"account","name":"Homer Simpson","email":"homer@simpsonsfamily.doh"})");
    EXPECT_EQ(client.account().get().value(),
              (Account{.id = "500302232", .name = "Homer Simpson", .email = "homer@simpsonsfamily.doh"}));
}

TEST_F(GoldenAnswer, OfGetAccountLive) {
    answer(R"({"id":500302232,"object":"account","name":"Homer Simpson","email":"homer@simpsonsfamily.doh"})");
    EXPECT_EQ(client.account().get().value().id, "500302232");
}

TEST_F(GoldenAnswer, OfGetToken) {
    answer(R"({"name":"Production server","version":4,"abilities":["*"],"last_used_at":"2024-01-15 09:24:00",)"
           R"("expires_at":null,"created_at":"2024-01-01 12:00:00","updated_at":"2024-01-15 09:24:00"})");
    const Token token = client.account().token().value();
    EXPECT_EQ(token.name, "Production server");
    EXPECT_EQ(token.version, 4);
    EXPECT_EQ(token.abilities, std::vector<std::string>{"*"});
    EXPECT_EQ(token.last_used_at, sys_days{2024y / January / 15} + 9h + 24min);
    EXPECT_EQ(token.expires_at, std::nullopt);
}

TEST_F(GoldenAnswer, OfGetSiteAsSpecified) {
    answer(R"({"id":"CDBUGS","object":"site","name":"Bugs","sharing":"public","created_at":"2020-07-27T12:01:01Z"})");
    EXPECT_EQ(client.sites().get(site).value(), (Site{.id = site,
                                                      .name = "Bugs",
                                                      .sharing = Sharing::public_,
                                                      .created_at = sys_days{2020y / July / 27} + 12h + 1min + 1s}));
}

TEST_F(GoldenAnswer, OfGetSiteLive) {
    answer(R"({"id":"CDBUGS","object":"site","name":"Bugs Bunny Portfolio","sharing":"none",)"
           R"("created_at":"2020-07-27 12:01:01","timezone":"America/New_York"})");
    const Site got = client.sites().get(site).value();
    EXPECT_EQ(got.created_at, sys_days{2020y / July / 27} + 12h + 1min + 1s);
    EXPECT_EQ(got.timezone, "America/New_York");
}

TEST_F(GoldenAnswer, OfCreateSiteWithStatus201) {
    answer(R"({"id":"CDBUGS","object":"site","name":"Shop"})", 201);
    EXPECT_EQ(client.sites().create({.name = "Shop"}).value().id, site);
}

TEST_F(GoldenAnswer, OfUpdateSite) {
    answer(R"({"id":"CDBUGS","name":"New"})");
    EXPECT_EQ(client.sites().update(site, {.name = "New"}).value().name, "New");
}

TEST_F(GoldenAnswer, OfListSitesInEachEnvelope) {
    for (const char* body : {R"({"object":"list","data":[{"id":"A","name":"a"}],"has_more":false})",
                             R"({"object":"list","url":"/v1/sites","has_more":false,"data":[{"id":"A","name":"a"}]})",
                             R"({"object":"list","url":["/v1/sites"],"has_more":false,"data":[{"id":"A","name":"a"}]})",
                             R"([{"id":"A","name":"a"}])"}) {
        answer(body);
        const auto sites = client.sites().list().collect().value();
        ASSERT_EQ(sites.size(), 1U) << body;
        EXPECT_EQ(sites[0].id, SiteId{"A"}) << body;
    }
}

TEST_F(GoldenAnswer, OfAPageThatShowsAFaultOfTheWalkIsGivenBeforeTheError) {
    for (const char* body : {R"({"data":[{"id":"A","name":"a"},{"id":"B","name":"b"}],"has_more":true})",
                             R"({"data":[],"has_more":true})"}) {
        answer(body);
        std::vector<Result<Page<Site>>> pages;
        for (Result<Page<Site>>& page : client.sites().list({.starting_after = "B"}).pages()) {
            pages.push_back(std::move(page));
        }
        ASSERT_EQ(pages.size(), 2U) << body;
        EXPECT_TRUE(pages[0]) << body;
        ASSERT_FALSE(pages[1]) << body;
        EXPECT_EQ(pages[1].error().kind, ErrorKind::pagination) << body;
    }
}

TEST_F(GoldenAnswer, OfAListOfEventsByNameIsWalkedBackwardInEitherOrder) {
    answer(R"({"data":[{"name":"login","created_at":"2024-01-03 00:00:00"},{"name":"Sale","created_at":null},)"
           R"({"name":"view","created_at":"2024-01-01 00:00:00"}],"has_more":true})");
    answer(R"({"data":[{"name":"call","created_at":"2024-01-09 00:00:00"},{"name":"Buy"}],"has_more":false})");
    std::vector<std::string> names;
    for (const Event& event : client.events().list(site, {.ending_before = "Zoom"}).collect().value()) {
        names.push_back(event.name);
    }
    EXPECT_EQ(names, (std::vector<std::string>{"view", "Sale", "login", "call", "Buy"}));
    EXPECT_NE(transport->requests().at(1).request.url.find("ending_before=login"), std::string::npos);
}

TEST_F(GoldenAnswer, OfEveryDeleteInEachForm) {
    for (const char* body : {"{}", R"({"id":"CDBUGS","object":"site","deleted":true})", ""}) {
        for (int i = 0; i < 6; ++i) answer(body, *body == '\0' ? 204 : 200);
        EXPECT_TRUE(client.sites().remove(site, irreversible)) << body;
        EXPECT_TRUE(client.sites().wipe_data(site, irreversible)) << body;
        EXPECT_TRUE(client.events().remove(site, EventId{"E"}, irreversible)) << body;
        EXPECT_TRUE(client.events().wipe_data(site, EventId{"E"}, irreversible)) << body;
        EXPECT_TRUE(client.events().remove_by_name(site, "Sale", irreversible)) << body;
        EXPECT_TRUE(client.milestones().remove(site, MilestoneId{"M"})) << body;
    }
}

TEST_F(GoldenAnswer, OfADeleteThatIsAPageOfHtmlIsAnError) {
    answer("<!doctype html><title>Fathom</title>");
    const auto removed = client.sites().remove(site, irreversible);
    ASSERT_FALSE(removed);
    EXPECT_EQ(removed.error().kind, ErrorKind::decode);
}

TEST_F(GoldenAnswer, OfASuccessThatTellsOfAFailureIsAnErrorWithItsText) {
    for (int i = 0; i < 5; ++i) answer(R"({"error":"busy"})");
    for (const Error& error :
         {client.sites().remove(site, irreversible).error(), client.sites().get(site).error(),
          client.sites().list().collect().error(), client.account().get().error(),
          client.aggregations().pageviews(site, {.aggregates = {PageviewMetric::visits}}).error()}) {
        EXPECT_EQ(error.kind, ErrorKind::decode) << error;
        EXPECT_NE(error.message.find("busy"), std::string::npos) << error;
        EXPECT_EQ(error.http_status, 200) << error;
    }
}

TEST_F(GoldenAnswer, OfAnObjectThatOnlyHasAMessageIsAnErrorWithItsText) {
    answer(R"({"message":"No such account"})");
    const auto account = client.account().get();
    ASSERT_FALSE(account);
    EXPECT_NE(account.error().message.find("No such account"), std::string::npos);
}

TEST_F(GoldenAnswer, OfADeleteWithAMessageIsASuccess) {
    answer(R"({"message":"Site deleted."})");
    EXPECT_TRUE(client.sites().remove(site, irreversible));
}

TEST_F(GoldenAnswer, OfAnEventAsSpecified) {
    for (int i = 0; i < 3; ++i) {
        answer(
            R"({"id":"ABCDEFGH","object":"event","name":"Sale","site_id":"CDBUGS","created_at":"2020-08-21T15:24:00Z"})");
    }
    const Event expected{.id = EventId{"ABCDEFGH"},
                         .name = "Sale",
                         .site_id = site,
                         .created_at = sys_days{2020y / August / 21} + 15h + 24min};
    EXPECT_EQ(client.events().get(site, EventId{"ABCDEFGH"}).value(), expected);
    EXPECT_EQ(client.events().create(site, {.name = "Sale"}).value(), expected);
    EXPECT_EQ(client.events().update(site, EventId{"ABCDEFGH"}, {.name = "Sale"}).value(), expected);
}

TEST_F(GoldenAnswer, OfListEventsLive) {
    answer(
        R"({"object":"list","url":"/v1/sites/CDBUGS/events","has_more":false,"data":[)"
        R"({"id":"ABCDEFGH","object":"event","name":"Signed up","currency":null,"created_at":"2020-08-21 15:24:00"},)"
        R"({"object":"event","name":"Sale","currency":"doubloon","created_at":"2020-08-21 15:24:00"}]})");
    const auto events = client.events().list(site).collect().value();
    ASSERT_EQ(events.size(), 2U);
    EXPECT_EQ(events[0].currency, std::nullopt);
    EXPECT_EQ(events[1].id, std::nullopt);
    EXPECT_EQ(events[1].currency, Currency("doubloon"));
}

TEST_F(GoldenAnswer, OfSetEventCurrencyWhateverItSays) {
    answer(R"({"unknown":["shape"]})");
    EXPECT_TRUE(client.events().set_currency(site, "Sale", Currency::yen));
}

TEST_F(GoldenAnswer, OfAMilestone) {
    for (int i = 0; i < 3; ++i) {
        answer(R"({"id":"M","object":"milestone","name":"Launch","milestone_date":"2024-03-05",)"
               R"("created_at":"2024-03-05 10:00:00","updated_at":"2024-03-06T10:00:00+02:00"})");
    }
    const Milestone expected{.id = MilestoneId{"M"},
                             .name = "Launch",
                             .milestone_date = 2024y / March / 5,
                             .created_at = sys_days{2024y / March / 5} + 10h,
                             .updated_at = sys_days{2024y / March / 6} + 8h};
    EXPECT_EQ(client.milestones().get(site, MilestoneId{"M"}).value(), expected);
    EXPECT_EQ(client.milestones().create(site, {.name = "Launch", .milestone_date = 2024y / March / 5}).value(),
              expected);
    EXPECT_EQ(client.milestones().update(site, expected).value(), expected);
}

TEST_F(GoldenAnswer, OfListMilestones) {
    answer(
        R"({"object":"list","has_more":false,"data":[{"id":"M","name":"Launch","milestone_date":"2024-03-05 00:00:00"}]})");
    EXPECT_EQ(client.milestones().list(site).collect().value().at(0).milestone_date, 2024y / March / 5);
}

TEST_F(GoldenAnswer, OfAPageviewReportInEachEnvelope) {
    for (
        const char* body :
        {R"([{"visits":"12","date":"2024-01-01"}])", R"({"data":[{"visits":"12","date":"2024-01-01"}]})",
         R"({"object":"list","url":"/v1/aggregations","has_more":false,"data":[{"visits":12,"date":"2024-01-01"}]})"}) {
        answer(body);
        const auto report = client.aggregations().pageviews(
            site, {.aggregates = {PageviewMetric::visits}, .date_grouping = DateGrouping::day});
        ASSERT_TRUE(report) << body;
        ASSERT_EQ(report->size(), 1U) << body;
        EXPECT_EQ((*report)[0].visits, 12) << body;
        EXPECT_EQ((*report)[0].time, local_days{2024y / January / 1}) << body;
    }
}

TEST_F(GoldenAnswer, OfAPageviewReportWithAllMetrics) {
    answer(
        R"([{"visits":"10","uniques":"9","pageviews":"30","avg_duration":"12.5","bounce_rate":0.25,"pathname":"/a"}])");
    const auto report =
        client.aggregations()
            .pageviews(site, {.aggregates = {PageviewMetric::visits, PageviewMetric::uniques, PageviewMetric::pageviews,
                                             PageviewMetric::avg_duration, PageviewMetric::bounce_rate},
                              .field_grouping = Field::pathname})
            .value();
    const PageviewRow& row = report[0];
    EXPECT_EQ(row.visits, 10);
    EXPECT_EQ(row.uniques, 9);
    EXPECT_EQ(row.pageviews, 30);
    EXPECT_EQ(row.avg_duration, Seconds{12.5});
    EXPECT_EQ(row.bounce_rate, 0.25);
    EXPECT_EQ(row.fields[Field::pathname], "/a");
}

TEST_F(GoldenAnswer, OfAnEventReport) {
    answer(R"([{"conversions":"3","unique_conversions":2,"value":"1999","timestamp":"2023-02-21 13:00:00"}])");
    const auto report =
        client.aggregations()
            .events(site, "Sale",
                    {.aggregates = {EventMetric::conversions, EventMetric::unique_conversions, EventMetric::value},
                     .date_grouping = DateGrouping::hour})
            .value();
    EXPECT_EQ(report[0].conversions, 3);
    EXPECT_EQ(report[0].unique_conversions, 2);
    EXPECT_EQ(report[0].value, 1999);
    EXPECT_EQ(report[0].time, local_days{2023y / February / 21} + 13h);
}

TEST_F(GoldenAnswer, OfCurrentVisitorsAsSpecified) {
    answer(R"({"total":3,"content":[{"pathname":"/","total":2}],"referrers":[{"referrer":"example.com","total":1}]})");
    const CurrentVisitors visitors = client.current_visitors().detailed(site).value();
    EXPECT_EQ(visitors.total, 3);
    EXPECT_EQ(visitors.content, (std::vector<CurrentPage>{{.pathname = "/", .total = 2}}));
    EXPECT_EQ(visitors.referrers, (std::vector<CurrentReferrer>{{.referrer = "example.com", .total = 1}}));
}

TEST_F(GoldenAnswer, OfCurrentVisitorsLive) {
    answer(R"({"total":"3","content":[{"pathname":"/","hostname":"https://a.example","total":"2"}],)"
           R"("referrers":[{"referrer_hostname":"https://b.example","referrer_pathname":"/x","total":"1"}]})");
    const CurrentVisitors visitors = client.current_visitors().detailed(site).value();
    EXPECT_EQ(visitors.content[0].hostname, "https://a.example");
    EXPECT_EQ(visitors.referrers[0].referrer_pathname, "/x");
    EXPECT_EQ(visitors.referrers[0].total, 1);
}

TEST_F(GoldenAnswer, OfPlainCurrentVisitors) {
    answer(R"({"total":7})");
    EXPECT_EQ(client.current_visitors().get(site).value().total, 7);
}

TEST_F(GoldenAnswer, OfARetiredOperationNamesWhatToUseInstead) {
    answer(R"({"error":"This endpoint is gone."})", 410);
    const auto event = client.events().get(site, EventId{"E"});
    ASSERT_FALSE(event);
    EXPECT_EQ(event.error().kind, ErrorKind::gone);
    EXPECT_NE(event.error().message.find("events().list()"), std::string::npos);
}

TEST_F(GoldenAnswer, OfEachErrorShapeTellsTheServersMessage) {
    for (const char* body :
         {R"({"error":"No luck"})", R"({"error":{"message":"No luck"}})", R"({"message":"No luck"})",
          R"({"errors":{"name":["No luck"]}})", R"({"errors":{"name":"No luck"}})", R"({"errors":["No luck"]})"}) {
        answer(body, 422);
        const auto created = client.sites().create({.name = "Shop"});
        ASSERT_FALSE(created) << body;
        EXPECT_EQ(created.error().kind, ErrorKind::unprocessable) << body;
        EXPECT_EQ(created.error().message, "No luck") << body;
    }
}

TEST_F(GoldenAnswer, OfAFieldErrorNamesTheField) {
    answer(R"({"errors":{"name":["The name field is required.","And short."],"sharing":["No."]}})", 400);
    const auto created = client.sites().create({.name = "Shop"});
    ASSERT_FALSE(created);
    EXPECT_EQ(created.error().kind, ErrorKind::bad_request);
    EXPECT_EQ(
        created.error().fields,
        (std::vector<FieldError>{{"name", "The name field is required."}, {"name", "And short."}, {"sharing", "No."}}));
}

TEST_F(GoldenAnswer, OfAnErrorThatIsNoJsonStillHasItsKind) {
    for (const char* body : {"<html>Whoops</html>", "", "{\"error\":"}) {
        answer(body, 401);
        const auto got = client.sites().get(site);
        ASSERT_FALSE(got) << body;
        EXPECT_EQ(got.error().kind, ErrorKind::unauthorized) << body;
        EXPECT_FALSE(got.error().message.empty()) << body;
    }
}

TEST_F(GoldenAnswer, OfAMissingPermissionIsForbiddenEvenWithStatus400) {
    for (const int status : {400, 403}) {
        answer(R"({"error":"This token doesn't have permission to access this endpoint"})", status);
        EXPECT_EQ(client.sites().get(site).error().kind, ErrorKind::forbidden) << status;
    }
}

} // namespace
} // namespace fathom
