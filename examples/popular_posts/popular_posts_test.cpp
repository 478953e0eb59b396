// How a program that uses fathom tests itself: no network, no account, no waiting.
#include "popular_posts.hpp"

#include <fathom/testing/client_options.hpp>
#include <fathom/testing/emulator.hpp>
#include <fathom/testing/scripted_transport.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <sstream>
#include <string>

namespace {

using namespace std::chrono_literals;
namespace faults = fathom::testing::faults;

class PopularPosts : public testing::Test {
protected:
    void visit(const std::string& path, std::chrono::days ago, std::int64_t visits) {
        const auto then = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) - ago;
        emulator.add_pageviews(site.str(), {{.at = then, .traits = {.pathname = path}, .visits = visits}});
    }
    [[nodiscard]] std::string posts() const {
        std::ostringstream out;
        write_popular_posts(client, site, "/blog/*", out);
        return out.str();
    }

    fathom::testing::Emulator emulator{
        {.dialect = fathom::testing::Dialect::live, .sample_data = fathom::testing::SampleData::none}};
    fathom::Client client{fathom::testing::client_options(emulator)};
    fathom::SiteId site{emulator.add_site({.name = "My blog"})};
};

TEST_F(PopularPosts, ComeInOrderOfVisitsWithThoseOfTheDaysBefore) {
    visit("/blog/rain", std::chrono::days{3}, 5);
    visit("/blog/rain", std::chrono::days{40}, 7);
    visit("/blog/\"sun\"", std::chrono::days{3}, 8);
    visit("/imprint", std::chrono::days{3}, 100);

    EXPECT_EQ(posts(), R"([
  {"path": "/blog/\"sun\"", "visits": 8, "before": 0},
  {"path": "/blog/rain", "visits": 5, "before": 7}
]
)");
}

TEST_F(PopularPosts, AreAnEmptyListWhereNobodyCame) { EXPECT_EQ(posts(), "[]\n"); }

TEST_F(PopularPosts, SurviveAnOutageOfTheService) {
    visit("/blog/rain", std::chrono::days{3}, 5);
    emulator.inject(faults::status(503), {.only = {.path = "/aggregations"}});

    EXPECT_EQ(posts(), "[\n  {\"path\": \"/blog/rain\", \"visits\": 5, \"before\": 0}\n]\n");
    EXPECT_EQ(emulator.request_count({.path = "/aggregations"}), 3U);
}

TEST_F(PopularPosts, TellWhichSiteIsMissing) {
    try {
        site = fathom::SiteId("NOSUCH");
        FAIL() << posts();
    } catch (const fathom::Exception& problem) {
        EXPECT_EQ(problem.error().kind, fathom::ErrorKind::not_found) << problem.what();
    }
}

// Virtual time: the eleventh report of a minute waits for its turn, which takes no real time here.
TEST(PopularPostsInVirtualTime, KeepTheLimitOfTenReportsAMinute) {
    const auto transport = std::make_shared<fathom::testing::ScriptedTransport>();
    transport->respond_with([](const fathom::HttpRequest&) {
        return fathom::testing::ScriptedAnswer{.body = R"([{"visits":"5","pathname":"/blog/rain"}])", .latency = 200ms};
    });
    transport->then({.body = R"({"id":"BLOG","name":"My blog","timezone":"UTC"})"}); // where its days begin
    const fathom::Client client{{.api_key = "test", .transport = transport}};

    const auto start = transport->now();
    std::ostringstream out;
    for (int i = 0; i < 6; ++i) write_popular_posts(client, fathom::SiteId("BLOG"), "/blog/*", out);

    EXPECT_GE(transport->now() - start, 60s);
}

} // namespace
