// What an observer is told.
#include <fathom/observer.hpp>

#include <algorithm>

#include "support/scripted_client.hpp"

namespace fathom {
namespace {

using namespace std::chrono_literals;

std::string text(std::chrono::nanoseconds duration) {
    return std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(duration).count()) + " ms";
}

/// Writes a line for each event.
class Diary final : public Observer {
public:
    explicit Diary(bool with_bodies = false) : with_bodies_(with_bodies) {}

    std::vector<std::string> lines{};
    std::vector<Attributes> attributes{};
    std::vector<std::chrono::system_clock::time_point> waits_until{};
    std::vector<LimitPace> paces{};
    std::shared_ptr<const void> context{};

    void call_started(const CallStarted& event) noexcept override { write(event.call, "started"); }
    void limiter_wait_started(const LimiterWaitStarted& event) noexcept override {
        write(event.call, "waits for " + text(event.expected));
        waits_until.push_back(event.expected_until);
        paces.push_back(event.pace);
    }
    void limiter_waited(const LimiterWaited& event) noexcept override {
        write(event.call, "waited " + text(event.duration));
    }
    void attempt_started(const AttemptStarted& event) noexcept override {
        write(event.call, "attempt " + std::to_string(event.attempt) + " " + std::string(event.request_body));
        attributes.push_back(event.attributes());
    }
    void attempt_ended(const AttemptEnded& event) noexcept override {
        write(event.call, outcome(event) + " after " + text(event.duration) + " " + std::string(event.response_body));
        attributes.push_back(event.attributes());
    }
    void retry_scheduled(const RetryScheduled& event) noexcept override {
        write(event.call, "retry because of " + std::string(to_string(event.reason)));
    }
    void drift_found(const DriftFound& event) noexcept override {
        write(event.call, "drift " + std::string(event.path) + ": " + std::string(event.found));
    }
    void call_ended(const CallEnded& event) noexcept override {
        context = event.call.context;
        write(event.call, "ended " + outcome(event) + " after " + text(event.duration));
        attributes.push_back(event.attributes());
    }
    [[nodiscard]] bool wants_bodies() const noexcept override { return with_bodies_; }

private:
    template <class Event>
    static std::string outcome(const Event& event) {
        return event.error_type ? std::string(to_string(*event.error_type)) : std::to_string(event.status);
    }
    void write(const ObservedCall& call, const std::string& what) {
        lines.push_back(std::string(call.operation) + " " + what);
    }

    bool with_bodies_;
};

class Observed : public ScriptedClient {
protected:
    [[nodiscard]] Client observed_client() const {
        ClientOptions observed = options();
        observed.observer = diary;
        observed.retry.base_delay = 0ms;
        observed.limits.reports = {.requests = 1, .window = 60s};
        return Client(observed);
    }

    std::shared_ptr<Diary> diary = std::make_shared<Diary>();
};

TEST_F(Observed, IsACallFromItsStartToItsEnd) {
    transport->then({.body = site_body, .latency = 30ms});
    ASSERT_TRUE(get_site(observed_client()));
    EXPECT_EQ(diary->lines, (std::vector<std::string>{"getSite started", "getSite attempt 1 ",
                                                      "getSite 200 after 30 ms ", "getSite ended 200 after 30 ms"}));
}

TEST_F(Observed, IsEachAttemptOfARetriedCall) {
    transport->then({.status = 503}).then_fail({}).then({.body = site_body});
    ASSERT_TRUE(get_site(observed_client()));
    EXPECT_EQ(diary->lines, (std::vector<std::string>{"getSite started", "getSite attempt 1 ",
                                                      "getSite 503 after 0 ms ", "getSite retry because of server",
                                                      "getSite attempt 2 ", "getSite network after 0 ms ",
                                                      "getSite retry because of network", "getSite attempt 3 ",
                                                      "getSite 200 after 0 ms ", "getSite ended 200 after 0 ms"}));
}

TEST_F(Observed, IsTheWaitForTheLimit) {
    const Client client = observed_client();
    transport->then({.body = R"({"total":1})"}).then({.body = R"({"total":1})"});
    ASSERT_TRUE(get_visitors(client));
    diary->lines.clear();
    ASSERT_TRUE(get_visitors(client));
    ASSERT_GE(diary->lines.size(), 3U);
    EXPECT_EQ(diary->lines[1], "getCurrentVisitors waits for 61000 ms");
    EXPECT_EQ(diary->lines[2], "getCurrentVisitors waited 61000 ms");
    EXPECT_EQ(diary->waits_until, std::vector{transport->calendar_now()});
}

TEST_F(Observed, IsWhatTheLimiterHasLearntOfTheService) {
    ClientOptions cautious = options();
    cautious.observer = diary;
    cautious.limits.reports.max_in_flight = 3;
    const Client client(cautious);
    for (int i = 0; i < 3; ++i) transport->then({.status = 429});
    transport->then({.body = R"({"total":1})"});
    ASSERT_TRUE(get_visitors(client, {.timeout = 10min}));
    const LimitPace untouched{.in_flight = 0, .max_in_flight = 3, .requests = 10, .waiting = 1};
    LimitPace slower{.in_flight = 0, .max_in_flight = 3, .requests = 8, .waiting = 1}; // since the refusals repeat
    EXPECT_EQ(diary->paces, (std::vector{untouched, untouched, slower}));
    slower.waiting = 0;
    EXPECT_EQ(client.quota().reports.pace, slower);
}

TEST_F(Observed, IsACallThatIsRefusedWithoutARequest) {
    const Client client = observed_client();
    transport->then({.body = R"({"total":1})"});
    ASSERT_TRUE(get_visitors(client));
    diary->lines.clear();
    EXPECT_FALSE(get_visitors(client, {.when_limited = WhenLimited::fail}));
    EXPECT_EQ(diary->lines, (std::vector<std::string>{"getCurrentVisitors started",
                                                      "getCurrentVisitors ended rate_limited after 0 ms"}));
}

TEST_F(Observed, IsACallThatWasCancelledBeforeItCouldBegin) {
    std::stop_source stop;
    stop.request_stop();
    const Client client = observed_client();
    EXPECT_FALSE(get_site(client, {.stop = stop.get_token()}));
    EXPECT_FALSE(AsyncClient(client).sites().get(SiteId{"CDBUGS"}, {.stop = stop.get_token()}).get());
    const std::vector<std::string> once{"getSite started", "getSite ended cancelled after 0 ms"};
    EXPECT_EQ(diary->lines, (std::vector<std::string>{once[0], once[1], once[0], once[1]}));
    EXPECT_EQ(requests_sent(), 0U);
}

TEST_F(Observed, IsAnAttemptThatIsGivenUp) {
    transport->then({.body = site_body, .latency = 10s});
    EXPECT_FALSE(get_site(observed_client(), {.timeout = 1s}));
    ASSERT_EQ(diary->lines.size(), 4U);
    EXPECT_EQ(diary->lines[2], "getSite timeout after 1000 ms ");
    EXPECT_EQ(diary->lines[3], "getSite ended timeout after 1000 ms");
}

TEST_F(Observed, HasAttributesByTheirConventionalNames) {
    transport->then({.status = 503}).then({.body = "{}"});
    std::ignore = observed_client().sites().list({.page_size = 7}).collect();
    ASSERT_EQ(diary->attributes.size(), 5U);
    EXPECT_EQ(diary->attributes[1], (Attributes{{"http.request.method", "GET"},
                                                {"url.path", "/sites"},
                                                {"url.query", "limit=7"},
                                                {"url.template", "/sites"},
                                                {"url.full", "https://api.usefathom.com/v1/sites?limit=7"},
                                                {"server.address", "api.usefathom.com"},
                                                {"server.port", "443"},
                                                {"http.response.status_code", "503"},
                                                {"error.type", "503"},
                                                {"http.response.body.size", "0"}}));
    EXPECT_EQ(diary->attributes[2], (Attributes{{"http.request.method", "GET"},
                                                {"url.path", "/sites"},
                                                {"url.query", "limit=7"},
                                                {"url.template", "/sites"},
                                                {"url.full", "https://api.usefathom.com/v1/sites?limit=7"},
                                                {"server.address", "api.usefathom.com"},
                                                {"server.port", "443"},
                                                {"http.request.resend_count", "1"}}));
}

TEST_F(Observed, NamesTheSiteAndTheAddress) {
    transport->respond_with([](const HttpRequest&) { return testing::ScriptedAnswer{.body = R"({"data":[]})"}; });
    const Client client = observed_client();
    std::ignore = client.milestones().list(SiteId{"A/B"}).collect();
    std::ignore = client.aggregations().pageviews(SiteId{"A/B"}, {.aggregates = {PageviewMetric::visits}});
    for (const Attributes& all : {diary->attributes.front(), diary->attributes.back()}) {
        EXPECT_NE(std::ranges::find(all, Attributes::value_type("fathom.site.id", "A/B")), all.end());
        EXPECT_NE(std::ranges::find(all, Attributes::value_type("server.address", "api.usefathom.com")), all.end());
    }
}

std::string attribute(const ObservedCall& call, std::string_view name) {
    for (const auto& [its_name, value] : call.attributes()) {
        if (its_name == name) return value;
    }
    return "";
}

TEST(AttributesOfACall, KnowHostAndPortOfAnyAddress) {
    struct Row {
        std::string_view base_url;
        std::string_view host;
        std::string_view port;
        std::string_view full;
    };
    for (const Row& row :
         {Row{"https://api.usefathom.com/v1", "api.usefathom.com", "443", "https://api.usefathom.com/v1/account"},
          Row{"http://127.0.0.1:8080/v1", "127.0.0.1", "8080", "http://127.0.0.1:8080/v1/account"},
          Row{"http://localhost", "localhost", "80", "http://localhost/account"},
          Row{"http://[::1]/v1", "::1", "80", "http://[::1]/v1/account"},
          Row{"http://[::1]:81/v1", "::1", "81", "http://[::1]:81/v1/account"},
          Row{"https://me:secret@example.com:444/v1", "example.com", "444", "https://example.com:444/v1/account"}}) {
        const ObservedCall call{.url_path = "/account", .base_url = row.base_url};
        EXPECT_EQ(attribute(call, "server.address"), row.host);
        EXPECT_EQ(attribute(call, "server.port"), row.port);
        EXPECT_EQ(attribute(call, "url.full"), row.full);
    }
}

TEST_F(Observed, NamesThePathWithoutIds) {
    transport->respond_with([](const HttpRequest&) { return testing::ScriptedAnswer{.body = R"({"data":[]})"}; });
    const Client client = observed_client();
    std::ignore = client.milestones().get(SiteId{"A/B"}, MilestoneId{"7"});
    std::ignore = client.request({.path = "/sites/A"});
    const auto has_template = [](const Attributes& all) {
        return std::ranges::find(all, "url.template", &Attributes::value_type::first) != all.end();
    };
    EXPECT_NE(std::ranges::find(diary->attributes.front(),
                                Attributes::value_type("url.template", "/sites/{site_id}/milestones/{milestone_id}")),
              diary->attributes.front().end());
    EXPECT_FALSE(has_template(diary->attributes.back()));
}

TEST_F(Observed, GivesBackTheCallersContext) {
    transport->then({.body = site_body});
    const auto span = std::make_shared<const int>(7);
    ASSERT_TRUE(get_site(observed_client(), {.context = span}));
    EXPECT_EQ(diary->context, span);
}

TEST_F(Observed, EndsAsDecodeWhereASuccessCannotBeRead) {
    transport->then({.body = "<html>"}).then({.body = R"({"error":"busy"})"}).then({.body = R"({"error":"busy"})"});
    const Client client = observed_client();
    EXPECT_FALSE(get_site(client));
    EXPECT_FALSE(client.sites().remove(SiteId{"A"}, irreversible));
    EXPECT_FALSE(client.sites().list().collect());
    for (const std::string operation : {"getSite", "deleteSite", "listSites"}) {
        EXPECT_NE(std::ranges::find(diary->lines, operation + " ended decode after 0 ms"), diary->lines.end())
            << operation;
    }
}

TEST_F(Observed, IsWhatWasPassedOverInAnAnswerBeforeTheCallEnds) {
    transport->then(
        {.body = R"({"id":"CDBUGS","name":"secret-key","created_at":"0000-00-00 secret-key","sharing":[]})"});
    ASSERT_TRUE(get_site(observed_client()));
    ASSERT_EQ(diary->lines.size(), 6U);
    EXPECT_EQ(diary->lines[3], R"(getSite drift created_at: "0000-00-00 ***")");
    EXPECT_EQ(diary->lines[4], "getSite drift sharing: an array");
    EXPECT_EQ(diary->lines[5], "getSite ended 200 after 0 ms");
}

TEST_F(Observed, IsARequiredMemberThatCannotBeReadBeforeTheCallEnds) {
    transport->then({.body = R"({"data":[{"id":"A","name":"n"},{"id":["secret-key"],"name":"n"}]})"})
        .then({.body = R"({"data":"secret-key"})"});
    const Client client = observed_client();
    EXPECT_FALSE(client.sites().list().collect());
    ASSERT_EQ(diary->lines.size(), 5U);
    EXPECT_EQ(diary->lines[3], "listSites drift data[1].id: an array");
    EXPECT_EQ(diary->lines[4], "listSites ended decode after 0 ms");
    diary->lines.clear();
    EXPECT_FALSE(client.aggregations().pageviews(SiteId{"A"}, {.aggregates = {PageviewMetric::visits}}));
    ASSERT_EQ(diary->lines.size(), 5U);
    EXPECT_EQ(diary->lines[3], R"(getAggregations drift data: "***")");
}

TEST_F(Observed, IsNoDriftWhereAnAnswerReportsAFailure) {
    transport->then({.body = R"({"error":"busy"})"});
    EXPECT_FALSE(get_site(observed_client()));
    ASSERT_EQ(diary->lines.size(), 4U);
    EXPECT_EQ(diary->lines[3], "getSite ended decode after 0 ms");
}

TEST_F(Observed, IsThatAnOperationIsToGo) {
    transport
        ->then({.body = site_body,
                .headers = {{"Deprecation", "@1688169599"}, {"Sunset", "Sat, 31 Dec 2026 23:59:59 GMT"}}})
        .then({.status = 410, .body = R"({"error":"This endpoint is gone."})"});
    const Client client = observed_client();
    ASSERT_TRUE(get_site(client));
    EXPECT_EQ(diary->lines.at(3), "getSite drift Deprecation: @1688169599");
    EXPECT_EQ(diary->lines.at(4), "getSite drift Sunset: Sat, 31 Dec 2026 23:59:59 GMT");
    diary->lines.clear();
    EXPECT_FALSE(client.sites().wipe_data(SiteId{"A"}, irreversible));
    EXPECT_TRUE(diary->lines.at(3).starts_with("wipeSiteData drift 410: This endpoint is gone.")) << diary->lines.at(3);
}

TEST_F(Observed, IsThatAnOperationIsToGoByAnErrorToo) {
    transport->then({.status = 404, .body = "{}", .headers = {{"Deprecation", "@1688169599"}}});
    EXPECT_FALSE(get_site(observed_client()));
    EXPECT_EQ(diary->lines.at(3), "getSite drift Deprecation: @1688169599");
}

TEST_F(Observed, HasNoBodiesUnlessAskedFor) {
    transport->then({.body = site_body}).then({.body = site_body});
    ASSERT_TRUE(observed_client().sites().create({.name = "Shop"}));
    EXPECT_EQ(diary->lines[1], "createSite attempt 1 ");

    diary = std::make_shared<Diary>(true);
    ASSERT_TRUE(observed_client().sites().create({.name = "Shop"}));
    EXPECT_EQ(diary->lines[1], R"(createSite attempt 1 {"name":"Shop"})");
    EXPECT_EQ(diary->lines[2], std::string("createSite 200 after 0 ms ") + site_body);
}

TEST_F(Observed, NeverHasTheKey) {
    transport->then({.status = 401, .body = R"({"error":"no"})"});
    diary = std::make_shared<Diary>(true);
    EXPECT_FALSE(get_site(observed_client()));
    for (const std::string& line : diary->lines) EXPECT_EQ(line.find("secret-key"), std::string::npos);
    for (const Attributes& all : diary->attributes) {
        for (const auto& [name, value] : all) EXPECT_EQ(value.find("secret-key"), std::string::npos);
    }
}

/// Breaks the rule.
struct Meddler final : Observer {
    const Client* client = nullptr;
    std::optional<ErrorKind> kind{};

    void call_ended(const CallEnded& event) noexcept override {
        if (event.call.operation == "getAccount") return;
        kind = client->account().get().error().kind;
    }
};

TEST_F(Observed, IsRefusedABlockingCallInAHook) {
    const auto meddler = std::make_shared<Meddler>();
    ClientOptions observed = options();
    observed.observer = meddler;
    const Client client(observed);
    meddler->client = &client;
    transport->then({.body = site_body});
    ASSERT_TRUE(get_site(client));
    EXPECT_EQ(meddler->kind, ErrorKind::would_deadlock);
}

} // namespace
} // namespace fathom
