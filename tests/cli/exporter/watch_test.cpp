// The exporter's questions to the service, in virtual time.
#include "cli/exporter/watch.hpp"

#include <fathom/testing/scripted_transport.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace fathom::cli {
namespace {

using namespace std::chrono_literals;
using testing::ScriptedTransport;
using Clock = Transport::Clock;

class Watching : public ::testing::Test {
protected:
    Watching() {
        transport->respond_with([this](const HttpRequest& request) { return answer_to(request.url); });
    }

    ScriptedTransport::Step answer_to(const std::string& url) {
        if (is_out) return testing::ScriptedFailure{.error = {.message = "no route"}};
        if (!missing.empty() && url.find(missing) != std::string::npos)
            return testing::ScriptedAnswer{.status = 404, .body = R"({"error":"no"})"};
        if (url.find("/sites") != std::string::npos)
            return testing::ScriptedAnswer{.status = status, .body = sites(url)};
        if (url.find("/current_visitors") != std::string::npos)
            return testing::ScriptedAnswer{.body = R"({"total":"4"})"};
        return testing::ScriptedAnswer{.body = R"([{"visits":"60"}])"};
    }

    std::string sites(const std::string& url) const {
        if (status != 200) return R"({"error":"no"})";
        const auto site = [](const std::string& id) {
            return R"({"id":")" + id + R"(","name":"Site","timezone":"Europe/Berlin"})";
        };
        const std::size_t id = url.find("/sites/");
        if (id != std::string::npos) return site(url.substr(id + 7));
        std::string all;
        for (int i = 0; i < site_count; ++i) all += (i == 0 ? "" : ",") + site("SITE" + std::to_string(i));
        return R"({"object":"list","has_more":false,"data":[)" + all + "]}";
    }

    /// Runs it for so long in virtual time.
    Result<void> run_for(Clock::duration duration, WatchOptions options) {
        const Clock::time_point end = transport->now() + duration;
        transport->on_time([this, end](Clock::time_point time) {
            if (during) during(time - begun);
            if (time >= end) stop.request_stop();
        });
        options.stop = stop.get_token();
        options.now = [this] { return transport->calendar_now(); };
        options.say = [this](const std::string& sentence) { said.push_back(sentence); };
        Watch watch(client, figures, std::move(options));
        return watch.run().get();
    }

    std::vector<Clock::duration> times_of(const std::string& part) const {
        std::vector<Clock::duration> times;
        for (const testing::RecordedCall& call : transport->requests()) {
            if (call.request.url.find(part) != std::string::npos) times.push_back(call.time - begun);
        }
        return times;
    }

    bool has_one_that_is_down() const {
        return std::ranges::any_of(figures->snapshot().sites,
                                   [](const SiteFigures& site) { return site.is_up == false; });
    }

    std::shared_ptr<ScriptedTransport> transport = std::make_shared<ScriptedTransport>();
    Clock::time_point begun = transport->now();
    AsyncClient client{{.api_key = "test", .transport = transport}};
    std::shared_ptr<Figures> figures = std::make_shared<Figures>();
    std::stop_source stop{};
    std::vector<std::string> said{};
    std::function<void(Clock::duration)> during{};
    int site_count = 2;
    int status = 200;
    bool is_out = false;
    std::string missing{};
};

TEST_F(Watching, CostsTwoReportsOfASiteInEachInterval) {
    ASSERT_TRUE(run_for(59min, {.interval = 300s}));
    EXPECT_EQ(times_of("/sites").size(), 1U) << "sites are listed once an hour";
    EXPECT_EQ(times_of("SITE0").size(), 2 + 24U) << "at once, and from then on every 300 s";
    EXPECT_EQ(times_of("SITE1").size(), 2 + 22U);
    const Snapshot snapshot = figures->snapshot();
    ASSERT_EQ(snapshot.sites.size(), 2U);
    ASSERT_TRUE(snapshot.sites[0].reading);
    EXPECT_EQ(snapshot.sites[0].reading->visitors, 4);
    EXPECT_EQ(snapshot.sites[0].reading->visits, 60);
    EXPECT_TRUE(said.empty()) << said.front();
}

TEST_F(Watching, FirstFiguresComeAtOnceAndLaterOnesAreSpread) {
    site_count = 4;
    ASSERT_TRUE(run_for(299s, {.interval = 300s}));
    const auto times = times_of("SITE");
    ASSERT_EQ(times.size(), 14U);
    EXPECT_EQ(times[7], 0s);
    EXPECT_EQ(times[8], 75s);
    EXPECT_EQ(times[10], 150s);
    EXPECT_EQ(times[12], 225s);
}

TEST_F(Watching, TakesLongerWhereTheLimitWantsIt) {
    site_count = 30;
    ASSERT_TRUE(run_for(30min, {.interval = 60s}));
    const auto times = times_of("SITE");
    for (std::size_t i = 10; i < times.size(); ++i) EXPECT_GT(times[i] - times[i - 10], 60s) << i;
    EXPECT_GE(times.size(), 280U) << "and uses what the limit gives";
    const Snapshot snapshot = figures->snapshot();
    EXPECT_TRUE(std::ranges::all_of(snapshot.sites, [](const SiteFigures& site) { return site.reading.has_value(); }));
}

TEST_F(Watching, ShowsNoSiteAsDownThatOnlyWaitsForTheLimit) {
    site_count = 20;
    bool was_down = false;
    during = [this, &was_down](Clock::duration) { was_down = was_down || has_one_that_is_down(); };
    ASSERT_TRUE(run_for(10min, {.interval = 12s}));
    EXPECT_FALSE(was_down);
    EXPECT_TRUE(said.empty()) << said.front();
}

TEST_F(Watching, ShowsNoSiteAsDownWhereTheLimitIsOfOneReport) {
    const RateLimits limits{.reports = {.requests = 1, .window = 60s}};
    client = AsyncClient({.api_key = "test", .limits = limits, .transport = transport});
    bool was_down = false;
    during = [this, &was_down](Clock::duration) { was_down = was_down || has_one_that_is_down(); };
    ASSERT_TRUE(run_for(20min, {.interval = 12s, .limits = limits}));
    EXPECT_FALSE(was_down);
    EXPECT_TRUE(said.empty()) << said.front();
}

TEST_F(Watching, SurvivesAnOutageAndKeepsWhatItKnew) {
    std::optional<Snapshot> amid;
    during = [this, &amid](Clock::duration time) {
        is_out = time >= 20min && time < 40min;
        if (!amid && time >= 39min) amid = figures->snapshot();
    };
    ASSERT_TRUE(run_for(59min, {.interval = 300s}));
    ASSERT_TRUE(amid);
    EXPECT_EQ(amid->sites[0].is_up, false);
    ASSERT_TRUE(amid->sites[0].reading);
    EXPECT_EQ(amid->sites[0].reading->visitors, 4);
    EXPECT_EQ(figures->snapshot().sites[0].is_up, true);
    ASSERT_EQ(said.size(), 4U) << "each site once down and once up";
    EXPECT_NE(said[0].find("no route"), std::string::npos) << said[0];
    EXPECT_NE(said[3].find("come again"), std::string::npos) << said[3];
}

TEST_F(Watching, BeginsInAnOutageToo) {
    is_out = true;
    during = [this](Clock::duration time) { is_out = time < 10min; };
    ASSERT_TRUE(run_for(11min, {.interval = 300s}));
    const Snapshot snapshot = figures->snapshot();
    ASSERT_EQ(snapshot.sites.size(), 2U);
    EXPECT_EQ(snapshot.sites[1].is_up, true) << "it looks for sites each half minute";
}

TEST_F(Watching, EndsWhereTheKeyIsRefusedFromTheBeginning) {
    status = 401;
    const Result<void> ended = run_for(10min, {.interval = 300s});
    ASSERT_FALSE(ended);
    EXPECT_EQ(ended.error().kind, ErrorKind::unauthorized);
    EXPECT_EQ(transport->requests().size(), 1U);
}

TEST_F(Watching, GoesOnWhereTheKeyIsRefusedLater) {
    during = [this](Clock::duration time) { status = time < 30min ? 200 : 401; };
    ASSERT_TRUE(run_for(3h, {.interval = 300s}));
    EXPECT_EQ(figures->snapshot().sites.size(), 2U);
}

TEST_F(Watching, LeavesSitesOutBeyondTheMost) {
    site_count = 5;
    ASSERT_TRUE(run_for(3h, {.most_sites = 2, .interval = 300s}));
    EXPECT_EQ(figures->snapshot().left_out, 3U);
    EXPECT_EQ(figures->snapshot().sites.size(), 2U);
    EXPECT_TRUE(times_of("SITE2").empty());
    EXPECT_EQ(said, std::vector<std::string>{"3 sites are left out; --max-sites takes more"});
}

TEST_F(Watching, AsksAboutNamedSitesAlone) {
    ASSERT_TRUE(run_for(10min, {.sites = {SiteId("SHOP")}, .interval = 300s}));
    EXPECT_EQ(times_of("/sites").size(), 1U);
    EXPECT_EQ(times_of("/sites/SHOP").size(), 1U);
    EXPECT_EQ(times_of("=SHOP").size(), 4U);
}

TEST_F(Watching, ShowsANamedSiteThatIsNotThereAsDown) {
    missing = "SHOP";
    ASSERT_TRUE(run_for(10min, {.sites = {SiteId("BLOG"), SiteId("SHOP")}, .interval = 300s}));
    const Snapshot snapshot = figures->snapshot();
    ASSERT_EQ(snapshot.sites.size(), 2U);
    EXPECT_EQ(snapshot.sites[0].is_up, true);
    EXPECT_EQ(snapshot.sites[1].is_up, false);
    EXPECT_EQ(said, std::vector<std::string>{"SHOP: there is no such site"});
}

TEST_F(Watching, EndsWhereNoneOfTheNamedSitesIsThere) {
    missing = "SHOP";
    const Result<void> ended = run_for(10min, {.sites = {SiteId("SHOP")}, .interval = 300s});
    ASSERT_FALSE(ended);
    EXPECT_EQ(ended.error().kind, ErrorKind::not_found);
    EXPECT_EQ(transport->requests().size(), 1U);
}

TEST_F(Watching, AsksForSitesAtItsIntervalWhereTheKeyReachesNone) {
    site_count = 0;
    ASSERT_TRUE(run_for(59min, {.interval = 300s}));
    EXPECT_EQ(times_of("/sites").size(), 12U);
    EXPECT_EQ(said, std::vector<std::string>{"the key reaches no site"});
}

TEST_F(Watching, ListsSitesEachHourHoweverLongARoundTakes) {
    site_count = 30; // a round takes 6 minutes, and counts as such
    ASSERT_TRUE(run_for(130min, {.interval = 60s}));
    const auto times = times_of("/sites");
    ASSERT_EQ(times.size(), 3U);
    EXPECT_LT(times[1], 70min);
}

TEST_F(Watching, SaysWhereTheCauseOfAnOutageChanges) {
    site_count = 1;
    during = [this](Clock::duration time) {
        is_out = time >= 10min && time < 20min;
        missing = time >= 20min ? "SITE0" : "";
    };
    ASSERT_TRUE(run_for(50min, {.interval = 300s}));
    ASSERT_EQ(said.size(), 2U);
    EXPECT_NE(said[0].find("no route"), std::string::npos) << said[0];
    EXPECT_EQ(said[1].find("no route"), std::string::npos) << said[1];
}

} // namespace
} // namespace fathom::cli
