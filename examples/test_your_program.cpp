// How a program that uses fathom tests itself: no network, no account, no waiting.
#include <fathom/fathom.hpp>
#include <fathom/testing/client_options.hpp>
#include <fathom/testing/emulator.hpp>
#include <fathom/testing/scripted_transport.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

// ---- The program: it takes its client as a parameter, so that a test can give it another one.

/// The paths of a blog that were visited most, for a list beside its articles.
fathom::Result<std::vector<std::string>> popular_posts(const fathom::Client& client, const fathom::SiteId& site) {
    const fathom::PageviewQuery query{.aggregates = {fathom::PageviewMetric::visits},
                                      .field_grouping = fathom::Field::pathname,
                                      .sort_by = fathom::descending(fathom::PageviewMetric::visits),
                                      .limit = 3,
                                      .filters = {fathom::Field::pathname.like("/blog/*")}};
    const auto report = client.aggregations().pageviews(site, query);
    if (!report) return report.error();
    std::vector<std::string> paths;
    for (const fathom::PageviewRow& row : *report) paths.emplace_back(row.fields[fathom::Field::pathname]);
    return paths;
}

// ---- Its tests.

using namespace std::chrono_literals;
namespace faults = fathom::testing::faults;

class PopularPosts : public testing::Test {
protected:
    void visit(const std::string& path, std::int64_t visits) {
        const auto yesterday = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) - 24h;
        emulator.add_pageviews(site.str(), {{.at = yesterday, .traits = {.pathname = path}, .visits = visits}});
    }

    fathom::testing::Emulator emulator{{.sample_data = fathom::testing::SampleData::none}};
    fathom::Client client{fathom::testing::client_options(emulator)};
    fathom::SiteId site{emulator.add_site({.name = "My blog"})};
};

TEST_F(PopularPosts, ComeInOrderOfVisits) {
    visit("/blog/rain", 5);
    visit("/blog/sun", 8);
    visit("/imprint", 100);

    EXPECT_EQ(popular_posts(client, site).value(), (std::vector<std::string>{"/blog/sun", "/blog/rain"}));
}

TEST_F(PopularPosts, SurviveAnOutageOfTheService) {
    visit("/blog/rain", 5);
    emulator.inject(faults::status(503));

    EXPECT_EQ(popular_posts(client, site).value(), (std::vector<std::string>{"/blog/rain"}));
    EXPECT_EQ(emulator.request_count({.path = "/aggregations"}), 2U);
}

TEST_F(PopularPosts, TellWhichSiteIsMissing) {
    const auto posts = popular_posts(client, fathom::SiteId("NOSUCH"));

    ASSERT_FALSE(posts);
    EXPECT_EQ(posts.error().operation, "getAggregations");
}

// Virtual time: the eleventh report of a minute waits for its turn, which takes no real time here.
TEST(PopularPostsInVirtualTime, KeepTheLimitOfTenReportsAMinute) {
    const auto transport = std::make_shared<fathom::testing::ScriptedTransport>();
    transport->respond_with([](const fathom::HttpRequest&) {
        return fathom::testing::ScriptedAnswer{.body = R"([{"visits":"5","pathname":"/blog/rain"}])", .latency = 200ms};
    });
    const fathom::Client client{{.api_key = "test", .transport = transport}};

    const auto start = transport->now();
    for (int i = 0; i < 11; ++i) ASSERT_TRUE(popular_posts(client, fathom::SiteId("BLOG")));

    EXPECT_GE(transport->now() - start, 60s);
}
