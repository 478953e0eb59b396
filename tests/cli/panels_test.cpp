#include "cli/panels.hpp"

#include <fathom/testing/emulator.hpp>
#include <fathom/testing/scripted_transport.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace fathom::cli {
namespace {

using namespace std::chrono_literals;

// Monday, 10:30 in Berlin.
constexpr std::chrono::sys_seconds monday_morning =
    std::chrono::sys_days{2026y / std::chrono::November / 23} + 9h + 30min;

class ASite : public ::testing::Test {
protected:
    void add(std::chrono::sys_seconds at, const testing::VisitorTraits& traits, std::int64_t visits,
             std::int64_t pageviews) {
        emulator.add_pageviews("SHOP", {{.at = at, .traits = traits, .visits = visits, .pageviews = pageviews}});
    }

    Panels read(std::chrono::sys_seconds at = monday_morning, const std::optional<Panels>& before = {}) {
        return read_panels(client, SiteId("SHOP"), at, before).get().value();
    }
    std::vector<std::int64_t> last_week(const Panels& panels) {
        std::vector<std::int64_t> visits;
        visits.reserve(panels.hours.size());
        for (const PanelHour& hour : panels.hours) visits.push_back(hour.last_week);
        return visits;
    }

    testing::Emulator emulator{{.dialect = testing::Dialect::live,
                                .sample_data = testing::SampleData::none,
                                .now = monday_morning,
                                .limits = {.enforced = false}}};
    std::string shop = emulator.add_site({.id = "SHOP", .name = "The shop", .timezone = "Europe/Berlin"});
    AsyncClient client{{.api_key = emulator.api_key(),
                        .base_url = emulator.base_url(),
                        .limits = {.reports = {.requests = 1000, .window = 60s}},
                        .limit_sharing = LimitSharing::none}};
};

TEST_F(ASite, HasTodayByItsOwnClocksBesideLastWeek) {
    add(monday_morning - 11h, {.country_code = "US"}, 7, 7); // 23:30 of the day before in Berlin
    add(monday_morning - 10h, {.country_code = "DE"}, 3, 3); // 0:30
    add(monday_morning, {.country_code = "DE"}, 5, 5);       // 10:30
    add(monday_morning - 168h, {}, 4, 4);
    add(monday_morning - 168h + 12h, {}, 2, 2);
    const Panels panels = read();
    EXPECT_EQ(panels.site.name, "The shop");
    EXPECT_EQ(panels.today, 2026y / std::chrono::November / 23);
    ASSERT_EQ(panels.hours.size(), 24U);
    EXPECT_EQ(panels.hours[0], (PanelHour{.today = 3, .last_week = 0}));
    EXPECT_EQ(panels.hours[1], (PanelHour{.today = 0, .last_week = 0}));
    EXPECT_EQ(panels.hours[10], (PanelHour{.today = 5, .last_week = 4}));
    EXPECT_EQ(panels.hours[11], (PanelHour{.last_week = 0})) << "an hour that has not begun has no visits, not 0";
    EXPECT_EQ(panels.hours[22], (PanelHour{.last_week = 2}));
    EXPECT_EQ(visits_today(panels), 8);
    EXPECT_EQ(visits_last_week(panels), 4) << "only hours that have begun today can be compared";
}

TEST_F(ASite, HasWhatLeadsToday) {
    add(monday_morning, {.pathname = "/a", .referrer_hostname = "https://news.example", .country_code = "DE"}, 2, 9);
    add(monday_morning, {.pathname = "/b", .country_code = "US"}, 5, 5);
    add(monday_morning - 24h, {.pathname = "/yesterday", .country_code = "FR"}, 50, 50);
    emulator.set_current_visitors("SHOP", {{.total = 3, .pathname = "/a"}, {.total = 1, .pathname = "/b"}});
    const Panels panels = read();
    EXPECT_EQ(panels.visitors_now, 4);
    EXPECT_EQ(panels.pages, (std::vector<PanelEntry>{{"/a", 9}, {"/b", 5}}));
    EXPECT_EQ(panels.referrers, (std::vector<PanelEntry>{{"", 5}, {"https://news.example", 2}}));
    EXPECT_EQ(panels.countries, (std::vector<PanelEntry>{{"US", 5}, {"DE", 2}}));
}

TEST_F(ASite, CostsWhatIsDocumented) {
    add(monday_morning - 168h, {}, 4, 4);
    const Panels first = read();
    EXPECT_EQ(emulator.request_count(), static_cast<std::size_t>(requests_of_first_look));
    emulator.clear_requests();
    const Panels second = read(monday_morning + 60s, first);
    EXPECT_EQ(emulator.request_count(), static_cast<std::size_t>(requests_of_next_look));
    EXPECT_EQ(last_week(second), last_week(first)) << "what was read earlier is kept";
    EXPECT_EQ(second.site, first.site);
}

TEST_F(ASite, IsComparedWithAnotherDayOnceItsDateChanges) {
    add(monday_morning - 6 * 24h, {}, 6, 6);
    const Panels monday = read();
    EXPECT_EQ(monday.hours[10].last_week, 0);
    const Panels tuesday = read(monday_morning + 24h, monday);
    EXPECT_EQ(tuesday.today, 2026y / std::chrono::November / 24);
    EXPECT_EQ(tuesday.hours[10].last_week, 6);
}

TEST_F(ASite, WhoseRequestsFailHasAnErrorAndNoPanels) {
    emulator.inject(testing::faults::status(404), {.only = {.path_prefix = "/aggregations"}});
    const Result<Panels> panels = read_panels(client, SiteId("SHOP"), monday_morning).get();
    ASSERT_FALSE(panels);
    EXPECT_EQ(panels.error().kind, ErrorKind::not_found);
}

TEST(AFirstLook, ComesToItsEndWhateverTheLimit) {
    for (const std::size_t reports : {1U, 2U, 3U, 10U}) {
        const RateLimits limits{.reports = {.requests = reports, .window = 60s}};
        const auto transport = std::make_shared<testing::ScriptedTransport>();
        transport->respond_with([](const HttpRequest& request) {
            if (request.url.find("/sites/") != std::string::npos)
                return testing::ScriptedAnswer{.body = R"({"id":"SHOP","name":"The shop","timezone":"UTC"})"};
            const bool is_of_now = request.url.find("current_visitors") != std::string::npos;
            return testing::ScriptedAnswer{.body = is_of_now ? R"({"total":4})" : "[]"};
        });
        const AsyncClient client({.api_key = "test", .limits = limits, .transport = transport});
        const PanelOptions ask{.call = {.timeout = deadline_of_look(limits)}};
        const Result<Panels> panels = read_panels(client, SiteId("SHOP"), monday_morning, {}, ask).get();
        EXPECT_TRUE(panels) << reports << " a minute: " << panels.error();
    }
}

TEST(AFirstLook, HasTheDeadlineOfAnyCallWhereTheLimitLetsIt) {
    EXPECT_EQ(deadline_of_look({.reports = {.requests = 10, .window = 60s}}), 120s);
    EXPECT_EQ(deadline_of_look({.reports = {.requests = 2, .window = 60s}}), 183s);
}

TEST(ASiteOfTheSpecification, HasItsDaysInUtc) {
    testing::Emulator emulator({.sample_data = testing::SampleData::none, .now = monday_morning});
    const std::string site = emulator.add_site({.timezone = "Asia/Tokyo"});
    emulator.add_pageviews(site, {{.at = monday_morning, .visits = 5}});
    const AsyncClient client(
        {.api_key = emulator.api_key(), .base_url = emulator.base_url(), .limit_sharing = LimitSharing::none});
    const Panels panels = read_panels(client, SiteId(site), monday_morning).get().value();
    EXPECT_EQ(panels.timezone, "UTC");
    EXPECT_EQ(panels.hours[9].today, 5);
}

} // namespace
} // namespace fathom::cli
