// The ticker in virtual time: hours of frames, no network, no waiting.
#include "ticker.hpp"

#include <fathom/testing/scripted_transport.hpp>

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <thread>

namespace {

using namespace std::chrono_literals;
using fathom::testing::ScriptedAnswer;

class TickerTest : public testing::Test {
protected:
    /// Draws frames until they show a text. The client works on a thread of its own meanwhile.
    void draw_until(const std::string& text) {
        const auto give_up_at = Ticker::Clock::now() + 30s;
        while (ticker.text() != text && Ticker::Clock::now() < give_up_at) {
            ticker.update(now);
            std::this_thread::yield();
        }
        EXPECT_EQ(ticker.text(), text);
    }

    std::shared_ptr<fathom::testing::ScriptedTransport> transport{
        std::make_shared<fathom::testing::ScriptedTransport>()};
    Ticker ticker{fathom::AsyncClient({.api_key = "test", .retry = {.max_attempts = 1}, .transport = transport}),
                  fathom::SiteId("CDBUGS")};
    Ticker::Clock::time_point now{1h};
};

TEST_F(TickerTest, ShowsVisitorsAsSoonAsTheyCome) {
    transport->then({.body = R"({"total":7})", .latency = 2s});
    EXPECT_EQ(ticker.text(), "? visitors");
    draw_until("7 visitors");
}

TEST_F(TickerTest, AsksAgainAfterFifteenSeconds) {
    transport->then({.body = R"({"total":7})"}).then({.body = R"({"total":1})"});
    draw_until("7 visitors");
    now += 14s;
    ticker.update(now);
    EXPECT_EQ(transport->requests().size(), 1U);
    now += 1s;
    draw_until("1 visitor");
    EXPECT_EQ(transport->requests().size(), 2U);
}

TEST_F(TickerTest, KeepsTheLastNumberThroughAnOutage) {
    transport->then({.body = R"({"total":7})"}).then({.status = 503}).then({.body = R"({"total":8})"});
    draw_until("7 visitors");
    now += 15s;
    draw_until("7 visitors, a while ago");
    now += 15s;
    draw_until("8 visitors");
}

// The service answers when it is told to, and frames are drawn meanwhile: if one waited, this would never end.
TEST_F(TickerTest, DrawsFramesWhileTheServiceHangs) {
    std::promise<void> answer_now;
    transport->respond_with([hung = answer_now.get_future().share()](const fathom::HttpRequest&) {
        hung.wait();
        return ScriptedAnswer{.body = R"({"total":7})"};
    });
    for (int frame = 0; frame < 10'000; ++frame) ticker.update(now += 33ms);
    EXPECT_EQ(ticker.text(), "? visitors");
    answer_now.set_value();
    draw_until("7 visitors");
}

// The same of a full limit: the call waits for its turn, no frame does.
TEST_F(TickerTest, KeepsTheLimitWhateverTheFramesSay) {
    int asked = 0;
    transport->respond_with([&](const fathom::HttpRequest&) {
        return ScriptedAnswer{.body = R"({"total":)" + std::to_string(++asked) + "}"};
    });
    const auto start = transport->now();
    for (int i = 2; i <= 12; ++i) {
        draw_until(std::to_string(i - 1) + (i == 2 ? " visitor" : " visitors"));
        now += 15s; // of frames; for the client no time passes in between
    }
    EXPECT_GE(transport->now() - start, 60s);
}

} // namespace
