#include "cli/exporter/metrics.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

#include "cli/exit_code.hpp"
#include "cli/exporter/pages.hpp"

namespace fathom::cli {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::system_clock::time_point now = std::chrono::sys_days{2026y / std::chrono::November / 26};

Snapshot two_sites() {
    return {.sites = {{.site = {.id = SiteId("SHOP"), .name = "The shop", .timezone = "Europe/Berlin"},
                       .is_up = true,
                       .reading = Reading{.visitors = 4, .visits = 60, .at = now - 100s}},
                      {.site = {.id = SiteId("BLOG"), .name = "Blog"}, .is_up = false}},
            .left_out = 3};
}

std::string text_of(const Snapshot& snapshot, std::chrono::seconds stale_after = 100s) {
    const Quota quota{.resources = {.free_permits = 1999, .requests_sent = 1},
                      .reports = {.free_permits = 8, .requests_sent = 5, .refused_requests = 2}};
    return exposed(metrics_of(snapshot, quota, now, stale_after), Exposition::prometheus);
}

bool has(const std::string& text, const std::string& line) { return text.find(line + '\n') != std::string::npos; }

TEST(Metrics, AreOfEachSiteAndOfTheLimits) {
    const std::string text = text_of(two_sites());
    for (const char* line :
         {R"(fathom_up{site="SHOP"} 1)", R"(fathom_up{site="BLOG"} 0)",
          R"(fathom_site_info{site="SHOP",name="The shop",timezone="Europe/Berlin"} 1)",
          R"(fathom_current_visitors{site="SHOP"} 4)", R"(fathom_visits_today{site="SHOP"} 60)",
          R"(fathom_last_success_timestamp_seconds{site="SHOP"} 1795651100)",
          R"(fathom_requests_total{limit="reports"} 5)", R"(fathom_requests_total{limit="resources"} 1)",
          R"(fathom_requests_refused_total{limit="reports"} 2)", R"(fathom_quota_available{limit="reports"} 8)",
          R"(fathom_quota_available{limit="resources"} 1999)", "fathom_sites_left_out 3"}) {
        EXPECT_TRUE(has(text, line)) << line << " is not in\n" << text;
    }
    EXPECT_EQ(text.find(R"(visitors{site="BLOG")"), std::string::npos) << "what never came is not 0";
}

TEST(Metrics, OfFiguresThatAreTooOldAreWithdrawn) {
    const std::string text = text_of(two_sites(), 99s);
    EXPECT_EQ(text.find("fathom_current_visitors"), std::string::npos);
    EXPECT_EQ(text.find("fathom_visits_today"), std::string::npos);
    EXPECT_TRUE(has(text, R"(fathom_last_success_timestamp_seconds{site="SHOP"} 1795651100)")) << "to alert on";
}

TEST(Metrics, SayThatASiteIsDownWhoseFiguresAreTooOld) {
    const Snapshot snapshot{.sites = {{.site = {.id = SiteId("SHOP"), .name = "Shop"},
                                       .is_up = true,
                                       .reading = Reading{.visitors = 1, .visits = 2, .at = now - 101s}}}};
    EXPECT_TRUE(has(text_of(snapshot), R"(fathom_up{site="SHOP"} 0)")) << "a call may wait for the limit yet";
    EXPECT_TRUE(has(text_of(snapshot, 102s), R"(fathom_up{site="SHOP"} 1)"));
}

TEST(Metrics, InventNoZoneOfASiteThatIsNotThere) {
    const Snapshot snapshot{.sites = {{.site = {.id = SiteId("GONE")}, .is_up = false}}};
    EXPECT_EQ(text_of(snapshot).find("fathom_site_info{"), std::string::npos);
}

TEST(Metrics, SayThatNothingIsUpWhereNoSiteIsKnown) { EXPECT_TRUE(has(text_of({}), "fathom_up 0")); }

TEST(Metrics, LeaveOutWhetherASiteIsUpBeforeItWasAskedAbout) {
    const Snapshot snapshot{.sites = {{.site = {.id = SiteId("SHOP")}}}};
    EXPECT_EQ(text_of(snapshot).find("fathom_up"), std::string::npos) << "an alert would go off at each start";
}

TEST(Metrics, AreAllThatTheDashboardAsksFor) {
    std::ifstream file(FATHOM_SOURCE_DIR "/src/cli/exporter/grafana-dashboard.json");
    const std::string dashboard{std::istreambuf_iterator<char>(file), {}};
    std::set<std::string> known;
    for (const Metric& metric : metrics_of(two_sites(), {}, now, 100s)) known.emplace(metric.name);
    const std::regex name("\\bfathom_[a-z_]+");
    std::set<std::string> named;
    for (std::sregex_iterator found(dashboard.begin(), dashboard.end(), name), end; found != end; ++found) {
        EXPECT_TRUE(known.contains(found->str())) << found->str();
        named.insert(found->str());
    }
    EXPECT_GE(named.size(), 7U);
}

TEST(Health, IsLostWhenTheNewestFiguresAreTooOld) {
    const auto figures = std::make_shared<Figures>();
    auto time = now;
    const Pages pages({.figures = figures,
                       .quota = [] { return Quota{}; },
                       .now = [&time] { return time; },
                       .stale_after = [](std::size_t) { return 60s; }});
    const auto health = [&pages] { return pages.reply("/healthz", "").status; };
    EXPECT_EQ(health(), 503) << "no figures have come";
    const std::vector<Site> sites{{.id = SiteId("SHOP")}, {.id = SiteId("BLOG")}};
    figures->set_sites(sites, 0);
    (void)figures->set_up(SiteId("SHOP"), {.at = now});
    EXPECT_EQ(health(), 200);
    (void)figures->set_down(SiteId("SHOP"));
    time += 60s;
    EXPECT_EQ(health(), 200);
    time += 1s;
    EXPECT_EQ(health(), 503);
    (void)figures->set_up(SiteId("BLOG"), {.at = time});
    EXPECT_EQ(health(), 200) << "the service answers, whatever one site lacks";
}

TEST(Figures, OfSitesThatStayAreKept) {
    Figures figures;
    figures.set_sites({{.id = SiteId("SHOP")}, {.id = SiteId("BLOG")}}, 0);
    (void)figures.set_up(SiteId("SHOP"), {.visitors = 7, .at = now});
    figures.set_sites({{.id = SiteId("NEW")}, {.id = SiteId("SHOP"), .name = "Renamed"}}, 1);
    const Snapshot snapshot = figures.snapshot();
    ASSERT_EQ(snapshot.sites.size(), 2U);
    EXPECT_FALSE(snapshot.sites[0].reading);
    EXPECT_EQ(snapshot.sites[1].site.name, "Renamed");
    ASSERT_TRUE(snapshot.sites[1].reading);
    EXPECT_EQ(snapshot.sites[1].reading->visitors, 7);
}

TEST(ListenAddress, IsAnAddressAndAPort) {
    EXPECT_EQ(listen_address("127.0.0.1:9077"), (ListenAddress{"127.0.0.1", 9077}));
    EXPECT_EQ(listen_address("[::1]:0"), (ListenAddress{"::1", 0}));
    EXPECT_EQ(listen_address("localhost:65535"), (ListenAddress{"localhost", 65'535}));
    for (const char* text : {"", ":", ":9077", "9077", "localhost", "localhost:", "localhost:65536", "localhost:-1",
                             "localhost:90x", "::1:9077", "[]:1", "[::1:9077"}) {
        EXPECT_THROW((void)listen_address(text), UsageError) << text;
    }
}

} // namespace
} // namespace fathom::cli
