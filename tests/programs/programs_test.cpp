// What the programs print and leave behind.
#include "program_test.hpp"

#include <chrono>
#include <map>
#include <sstream>
#include <thread>

#include <fathom/fathom.hpp>
#include <fathom/testing/client_options.hpp>
#include <fathom/testing/replay.hpp>

#include "metrics_exporter/metrics.hpp"
#include "popular_posts/popular_posts.hpp"

namespace fathom {
namespace {

using namespace std::chrono;

class Programs : public ProgramTest {
protected:
    void visit(const std::string& site, const std::string& path, std::int64_t visits, seconds ago) {
        emulator.add_pageviews(
            site, {{.at = floor<seconds>(system_clock::now()) - ago, .traits = {.pathname = path}, .visits = visits}});
    }
};

TEST_F(Programs, PopularPostsAreJson) {
    const std::string blog = emulator.add_site({.name = "Blog"});
    visit(blog, "/blog/rain", 5, 72h);
    visit(blog, "/blog/rain", 7, days{40});
    const Outcome outcome = run("popular_posts", {blog, "/blog/*"});
    EXPECT_EQ(outcome.out, "[\n  {\"path\": \"/blog/rain\", \"visits\": 5, \"before\": 7}\n]\n");
    EXPECT_EQ(outcome.exit_code, 0) << outcome.error;
}

TEST_F(Programs, AreReplayedFromWhatTheirEnvironmentHadRecorded) {
    const std::string blog = emulator.add_site({.name = "Blog"});
    visit(blog, "/blog/rain", 5, 72h);
    const std::filesystem::path recording = folder / "recording";
    ::setenv("FATHOM_RECORD", recording.c_str(), 1); // NOLINT(concurrency-mt-unsafe): no other thread reads it
    const Outcome outcome = run("popular_posts", {blog, "/blog/*"});
    ::unsetenv("FATHOM_RECORD"); // NOLINT(concurrency-mt-unsafe)
    ASSERT_EQ(outcome.exit_code, 0) << outcome.error;
    EXPECT_EQ(content_of(recording).find(emulator.api_key()), std::string::npos);

    std::ostringstream out;
    const Client client{{.api_key = "none", .transport = testing::replay(recording)}};
    write_popular_posts(client, SiteId(blog), "/blog/*", out);
    EXPECT_EQ(out.str(), outcome.out);
}

TEST_F(Programs, ThatCannotRecordSaySo) {
    ::setenv("FATHOM_RECORD", folder.c_str(), 1); // NOLINT(concurrency-mt-unsafe): a folder is no file
    const Outcome outcome = run("popular_posts", {"CDBUGS", "/*"});
    ::unsetenv("FATHOM_RECORD"); // NOLINT(concurrency-mt-unsafe)
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_NE(outcome.error.find("cannot be opened for a recording"), std::string::npos) << outcome.error;
    EXPECT_EQ(emulator.request_count(), 0U);
}

TEST_F(Programs, WriteALogToStandardErrorWhereTheirEnvironmentWantsOne) {
    const std::string blog = emulator.add_site({.name = "Blog"});
    visit(blog, "/blog/rain", 5, 72h);
    ::setenv("FATHOM_LOG", "info", 1); // NOLINT(concurrency-mt-unsafe): no other thread reads it
    const Outcome outcome = run("popular_posts", {blog, "/blog/*"});
    ::unsetenv("FATHOM_LOG"); // NOLINT(concurrency-mt-unsafe)
    EXPECT_EQ(outcome.out, "[\n  {\"path\": \"/blog/rain\", \"visits\": 5, \"before\": 0}\n]\n");
    EXPECT_NE(outcome.error.find("op=getAggregations GET /aggregations status=200 attempts=1 ms="), std::string::npos)
        << outcome.error;
    EXPECT_EQ(outcome.error.find(emulator.api_key()), std::string::npos) << outcome.error;
    EXPECT_EQ(outcome.error.find("/blog/"), std::string::npos) << "what was asked: " << outcome.error;
}

TEST_F(Programs, ThatFailSayWhyAndPrintNothing) {
    const Outcome outcome = run("popular_posts", {"NOSUCH", "/*"});
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(outcome.error, "getSite: not_found (HTTP 404): Site not found\n");
}

TEST_F(Programs, MetricsAreInTheFormOfPrometheus) {
    const std::string shop = emulator.add_site({.id = "SHOP", .name = "The \"shop\" \\ one\ntwo"});
    const std::string blog = emulator.add_site({.id = "BLOG", .name = "Blog"});
    visit(shop, "/", 3, 0s);
    visit(shop, "/", 100, 48h);
    emulator.set_current_visitors(shop, {{.total = 4}});
    emulator.set_current_visitors(blog, {});
    emulator.inject(testing::faults::status(422), {.only = {.path = "/current_visitors"}}); // of the first site
    const Outcome outcome = run("metrics_exporter");
    EXPECT_EQ(outcome.exit_code, 0) << outcome.error;
    EXPECT_EQ(outcome.out, R"(# HELP fathom_up Whether the figures of the site came.
# TYPE fathom_up gauge
fathom_up{site="SHOP",name="The \"shop\" \\ one\ntwo"} 0
fathom_up{site="BLOG",name="Blog"} 1
# HELP fathom_current_visitors Visitors on the site now.
# TYPE fathom_current_visitors gauge
fathom_current_visitors{site="BLOG",name="Blog"} 0
# HELP fathom_visits_today Visits since midnight in the site's time zone.
# TYPE fathom_visits_today gauge
fathom_visits_today{site="SHOP",name="The \"shop\" \\ one\ntwo"} 3
fathom_visits_today{site="BLOG",name="Blog"} 0
)");
}

TEST_F(Programs, MetricsOfTwentySitesTakeTwoReportsEach) {
    for (int i = 0; i < 20; ++i) emulator.add_site({.name = "Site " + std::to_string(i)});
    ClientOptions options = testing::client_options(emulator);
    options.limits.reports.requests = 1'000; // or it takes four minutes
    std::ostringstream out;
    write_metrics(Client(options), out);
    const std::string text = out.str();
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 6 + 3 * 20);
    EXPECT_EQ(text.find("} 0\n# HELP fathom_current"), std::string::npos) << text; // all are up
    EXPECT_EQ(emulator.request_count({.path = "/aggregations"}), 20U);
    EXPECT_EQ(emulator.request_count({.path = "/current_visitors"}), 20U);
}

class Provision : public Programs {
protected:
    Provision() {
        for (int i = 0; i < 200; ++i) table += "\"Shop, no. " + std::to_string(i) + "\",Europe/Berlin,public\r\n";
    }
    [[nodiscard]] std::map<std::string, Site> sites_by_name() const {
        const Client client(testing::client_options(emulator));
        std::map<std::string, Site> sites;
        for (const Result<Site>& site : client.sites().list()) {
            EXPECT_TRUE(sites.emplace(site.value().name, *site).second) << "twice: " << site->name;
        }
        return sites;
    }
    [[nodiscard]] std::size_t writes() const {
        return emulator.request_count() - emulator.request_count({.method = "GET"});
    }

    std::string table = "name,timezone,sharing\r\n";
};

TEST_F(Provision, MakesTwoHundredSitesAndThenNone) {
    const Outcome first = run("provision", {}, table);
    EXPECT_EQ(first.exit_code, 0) << first.error;
    EXPECT_TRUE(first.out.starts_with("created Shop, no. 0\ncreated Shop, no. 1\n")) << first.out;
    const auto sites = sites_by_name();
    EXPECT_EQ(sites.size(), 200U);
    EXPECT_EQ(sites.at("Shop, no. 199").sharing, Sharing::public_);
    EXPECT_EQ(sites.at("Shop, no. 199").timezone, "Europe/Berlin");

    emulator.clear_requests();
    const Outcome again = run("provision", {}, table);
    EXPECT_EQ(again.exit_code, 0) << again.error;
    EXPECT_TRUE(again.out.starts_with("unchanged Shop, no. 0\n")) << again.out;
    EXPECT_EQ(writes(), 0U);
    EXPECT_EQ(emulator.request_count(), 2U); // two pages of sites
}

TEST_F(Provision, ChangesWhatDiffers) {
    emulator.add_site({.name = "Shop, no. 7", .timezone = "UTC"});
    emulator.add_site({.name = "Of somebody else"});
    const Outcome outcome = run("provision", {}, table);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.error;
    EXPECT_NE(outcome.out.find("changed Shop, no. 7\n"), std::string::npos) << outcome.out;
    const auto sites = sites_by_name();
    EXPECT_EQ(sites.size(), 201U);
    EXPECT_EQ(sites.at("Shop, no. 7").timezone, "Europe/Berlin");
}

TEST_F(Provision, MakesNoSiteTwiceWhenAnAnswerIsLost) {
    emulator.inject(testing::faults::drop_after_handling(), {.times = 3, .only = {.method = "POST"}});
    const Outcome outcome = run("provision", {}, table);
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_NE(outcome.error.find("Shop, no. 2: "), std::string::npos) << outcome.error;
    EXPECT_NE(outcome.error.find("it may have taken effect"), std::string::npos) << outcome.error;

    EXPECT_EQ(run("provision", {}, table).exit_code, 0);
    EXPECT_EQ(sites_by_name().size(), 200U);
}

TEST_F(Provision, SaysWhereItReadsWhatItWouldIgnore) {
    const Outcome outcome = run("provision", {"sites.csv"}, table);
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_NE(outcome.error.find("reads the table from its standard input: < sites.csv"), std::string::npos)
        << outcome.error;
    EXPECT_EQ(emulator.request_count(), 0U);
}

TEST_F(Provision, SendsNothingForATableThatCannotBeRead) {
    const Outcome outcome = run("provision", {}, table + "\"Shop\n");
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_NE(outcome.error.find("line 202"), std::string::npos) << outcome.error;
    EXPECT_EQ(emulator.request_count(), 0U);
}

TEST_F(Programs, TheTickerDrawsWhileItAsks) {
    const std::string site = emulator.add_site();
    emulator.set_current_visitors(site, {{.total = 12}});
    std::ofstream(folder / "in") << "";
    const ChildProcess ticker = start("ticker", {site});
    const auto give_up_at = steady_clock::now() + 60s;
    while (content_of(folder / "out").find("12 visitors") == std::string::npos && steady_clock::now() < give_up_at) {
        std::this_thread::sleep_for(10ms); // nothing tells when another program has written
    }
    const std::string drawn = content_of(folder / "out");
    EXPECT_TRUE(drawn.starts_with("\r? visitors      ")) << drawn;
    EXPECT_TRUE(drawn.ends_with("\r12 visitors      ")) << drawn;
}

TEST_F(Programs, TheTickerEndsAfterAsManyFramesAsItIsTold) {
    const Outcome outcome = run("ticker", {"CDBUGS", "2"});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.error;
    EXPECT_TRUE(outcome.out.starts_with("\r? visitors")) << outcome.out;
}

TEST_F(Programs, TheQuickstartShowsSitesDaysAndPages) {
    const std::string site = emulator.add_site({.id = "SHOP", .name = "Shop"});
    visit(site, "/pricing", 3, 24h);
    const Outcome outcome = run("quickstart");
    EXPECT_EQ(outcome.exit_code, 0) << outcome.error;
    EXPECT_TRUE(outcome.out.starts_with("SHOP  Shop\n")) << outcome.out;
    EXPECT_TRUE(outcome.out.ends_with("\n/pricing  3 visits\n")) << outcome.out;
    EXPECT_EQ(std::count(outcome.out.begin(), outcome.out.end(), '\n'), 1 + 30 + 1);
}

} // namespace
} // namespace fathom
