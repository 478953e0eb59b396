#include <fathom/testing/emulator.hpp>
#include <fathom/testing/scripted_transport.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <httplib.h>

#include "feed.hpp"
#include "host_check.hpp"
#include "latest.hpp"
#include "options.hpp"
#include "snapshot.hpp"
#include "web.hpp"

namespace {

using namespace std::chrono_literals;
using fathom::testing::ScriptedAnswer;
using fathom::testing::ScriptedTransport;

/// A service in virtual time: a minute passes in no time.
std::shared_ptr<ScriptedTransport> service() {
    auto transport = std::make_shared<ScriptedTransport>();
    transport->respond_with([](const fathom::HttpRequest& request) {
        if (request.url.find("/sites/") != std::string::npos) {
            return ScriptedAnswer{.body = R"({"id":"SHOP","name":"The shop","timezone":"UTC"})"};
        }
        if (request.url.find("current_visitors") != std::string::npos) return ScriptedAnswer{.body = R"({"total":4})"};
        return ScriptedAnswer{.body = "[]"};
    });
    return transport;
}

fathom::AsyncClient client_of(const std::shared_ptr<ScriptedTransport>& transport) {
    return fathom::AsyncClient({.api_key = "test", .transport = transport});
}

TEST(Options, AreTakenFromTheCommandLine) {
    const Options options =
        options_of({"--port", "65535", "SHOP", "--every", "31", "--name", "a", "--name", "b"}).value();
    EXPECT_EQ(options.site, "SHOP");
    EXPECT_EQ(options.port, 65'535);
    EXPECT_EQ(options.every, 31);
    EXPECT_EQ(options.names, (std::vector<std::string>{"a", "b"}));
}

TEST(Options, ThatCannotBeMeantAreRefused) {
    for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{{},
                                                                                       {"SHOP", "--port", "99999"},
                                                                                       {"SHOP", "--port", "-1"},
                                                                                       {"SHOP", "--every", "30"},
                                                                                       {"SHOP", "--every"},
                                                                                       {"SHOP", "--nonsense", "1"},
                                                                                       {"SHOP", "BLOG"}}) {
        EXPECT_THROW((void)options_of(words), std::invalid_argument) << ::testing::PrintToString(words);
    }
}

TEST(Options, AreNoneWhereTheUsageIsAskedFor) {
    EXPECT_FALSE(options_of({"--help"}));
    EXPECT_FALSE(options_of({"SHOP", "--help"}));
}

TEST(Latest, GivesWhatABrowserDoesNotHave) {
    Latest latest("7");
    EXPECT_FALSE(latest.get());
    EXPECT_FALSE(latest.wait_for_other("", 0ms));
    latest.publish("a");
    EXPECT_EQ(latest.wait_for_other("", 0ms).value().id, "7-1");
    EXPECT_FALSE(latest.wait_for_other("7-1", 0ms));
    EXPECT_EQ(latest.wait_for_other("6-1", 0ms).value().text, "a") << "an id of an earlier run";
    latest.publish("b");
    EXPECT_EQ(latest.wait_for_other("7-1", 0ms).value().text, "b");
    latest.close();
    EXPECT_FALSE(latest.wait_for_other("7-1", 1h)) << "waits for nothing any more";
}

TEST(Feed, AsksNothingWhileNobodyLooks) {
    const auto transport = service();
    Latest latest("1");
    const Feed feed(client_of(transport), fathom::SiteId("SHOP"), 60s, latest);
    EXPECT_FALSE(latest.wait_for_other("", 20ms));
    EXPECT_TRUE(transport->requests().empty());
}

TEST(Feed, AsksOnceForFiftyBrowsersAndAtItsPace) {
    const auto transport = service();
    Latest latest("1");
    {
        Feed feed(client_of(transport), fathom::SiteId("SHOP"), 60s, latest);
        std::vector<std::shared_ptr<const void>> browsers(50);
        std::ranges::generate(browsers, [&] { return feed.watch(); });
        std::string id;
        for (int i = 0; i < 5; ++i) id = latest.wait_for_other(id, 30s).value().id;
    }
    const auto requests = transport->requests();
    ASSERT_GE(requests.size(), 7U);
    for (std::size_t i = 7; i < requests.size(); ++i) {
        if (i < 12) continue; // seven of the first look, then five of each
        EXPECT_GE(requests[i].time - requests[i - 5].time, 60s) << i;
    }
}

TEST(Feed, LetsNoMoreLookThanItHasThreadsFor) {
    Latest latest("1");
    Feed feed(client_of(service()), fathom::SiteId("SHOP"), 60s, latest);
    std::vector<std::shared_ptr<const void>> browsers(Feed::most_viewers);
    std::ranges::generate(browsers, [&] { return feed.watch(); });
    EXPECT_FALSE(feed.watch());
    browsers.pop_back();
    EXPECT_TRUE(feed.watch());
}

TEST(Feed, KeepsWhatItKnowsWhereTheServiceFails) {
    const auto transport = service();
    Latest latest("1");
    Feed feed(client_of(transport), fathom::SiteId("SHOP"), 60s, latest);
    auto browser = feed.watch();
    const auto first = latest.wait_for_other("", 30s).value();
    EXPECT_NE(first.text.find(R"("problem":null)"), std::string::npos) << first.text;
    transport->respond_with([](const auto&) { return ScriptedAnswer{.status = 401, .body = R"({"error":"No"})"}; });
    Numbered message = first;
    for (int i = 0; i < 100 && message.text.find(R"("problem":"No")") == std::string::npos; ++i) {
        message = latest.wait_for_other(message.id, 30s).value();
    }
    EXPECT_NE(message.text.find(R"("visitors_now":4)"), std::string::npos) << message.text;
}

TEST(Snapshot, IsJson) {
    fathom::cli::Panels panels{.site = {.id = fathom::SiteId("SHOP"), .name = "\"A\" & <b>"},
                               .timezone = "UTC",
                               .taken_at = std::chrono::sys_seconds{100s},
                               .today = 2026y / std::chrono::November / 3,
                               .visitors_now = 2,
                               .hours = {{.today = 3, .last_week = 4}, {.last_week = 5}},
                               .pages = {{"/", 9}}};
    EXPECT_EQ(to_json(Snapshot{.panels = panels, .next_at = std::chrono::sys_seconds{160s}}),
              R"({"next_at":160,"problem":null,"panels":{"site":"\"A\" & <b>","timezone":"UTC","date":"2026-11-03",)"
              R"("taken_at":100,"visitors_now":2,"visits_today":3,"visits_last_week":4,)"
              R"("hours":[{"today":3,"last_week":4},{"today":null,"last_week":5}],)"
              R"("pages":[{"name":"/","count":9}],"referrers":[],"countries":[]}})");
    EXPECT_EQ(to_json(Snapshot{.problem = "No"}), R"({"next_at":0,"problem":"No","panels":null})");
}

TEST(HostCheck, TakesAddressesLocalhostAndItsNamesAlone) {
    for (const char* host : {"127.0.0.1:8080", "192.168.1.7", "[::1]:8080", "localhost", "LocalHost:8080"}) {
        EXPECT_TRUE(is_own_host(host, {})) << host;
    }
    for (const char* host : {"", ":8080", "evil.example:8080", "127.0.0.1.evil.example", "localhost.evil.example"}) {
        EXPECT_FALSE(is_own_host(host, {})) << host;
    }
    EXPECT_TRUE(is_own_host("Board.Example.com:443", {"other", "board.example.com"}));
    EXPECT_FALSE(is_own_host("board.example.com.evil.example", {"board.example.com"}));
}

class ABoard : public ::testing::Test {
protected:
    ABoard() : port(web.bind("127.0.0.1", 0)), thread([this] { web.serve(); }) {}
    ~ABoard() override { stop(); }
    ABoard(const ABoard&) = delete;
    ABoard& operator=(const ABoard&) = delete;

    void stop() {
        if (!thread.joinable()) return;
        web.stop();
        thread.join();
    }

    /// What a browser is sent until there is enough of it.
    std::string events(const httplib::Headers& headers, const std::string& until) {
        httplib::Client browser("127.0.0.1", port);
        std::string text;
        const auto ended = browser.Get("/events", headers, [&](const char* data, std::size_t size) {
            text.append(data, size);
            return text.find(until) == std::string::npos;
        });
        return text;
    }

    fathom::testing::Emulator emulator{
        {.dialect = fathom::testing::Dialect::live, .sample_data = fathom::testing::SampleData::none}};
    std::string shop = emulator.add_site({.id = "SHOP", .name = "The shop"});
    fathom::AsyncClient client{{.api_key = emulator.api_key(), .base_url = emulator.base_url()}};
    Latest latest{"1"};
    Feed feed{client, fathom::SiteId("SHOP"), 1h, latest};
    Web web{feed, latest};
    int port;
    std::thread thread;
};

TEST_F(ABoard, SendsEventsFromWhereABrowserWas) {
    const std::string first = events({}, "panels");
    EXPECT_TRUE(first.starts_with("retry: 3000\n\nid: 1-1\nevent: board\ndata: {")) << first;
    EXPECT_EQ(emulator.request_count(), 7U);
    latest.publish("second");
    EXPECT_NE(events({{"Last-Event-ID", "1-1"}}, "second").find("event: board\ndata: second\n\n"), std::string::npos);
}

TEST_F(ABoard, HoldsItsPageAndLetsNothingInFromElsewhere) {
    httplib::Client browser("127.0.0.1", port);
    for (const char* path : {"/", "/board.css", "/board.js"}) {
        const auto answer = browser.Get(path);
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->status, 200);
        EXPECT_NE(answer->get_header_value("Content-Security-Policy").find("default-src 'none'"), std::string::npos);
        EXPECT_EQ(answer->body.find("https://"), std::string::npos) << path;
    }
    EXPECT_EQ(browser.Get("/board.json")->body, "{}");
    EXPECT_EQ(browser.Get("/other")->status, 404);
}

TEST_F(ABoard, ShowsNothingToAPageThatLedItsOwnNameHere) {
    httplib::Client browser("127.0.0.1", port);
    for (const char* path : {"/", "/board.json", "/events"}) {
        const auto answer = browser.Get(path, httplib::Headers{{"Host", "evil.example"}});
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->status, 421) << path;
        EXPECT_EQ(answer->body.find("panels"), std::string::npos) << path;
    }
    EXPECT_EQ(emulator.request_count(), 0U);
}

TEST_F(ABoard, EndsThoughItHasHardlyBegun) { stop(); }

TEST_F(ABoard, EndsWhileBrowsersLook) {
    std::string seen;
    std::thread browser([&] { seen = events({}, "what never comes"); });
    ASSERT_TRUE(latest.wait_for_other("", 30s));
    stop();
    browser.join(); // as its stream has ended
    EXPECT_TRUE(seen.empty() || seen.starts_with("retry: 3000")) << seen;
}

} // namespace
