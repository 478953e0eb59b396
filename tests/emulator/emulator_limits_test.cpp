// The rate limits.
#include <atomic>
#include <future>
#include <map>
#include <thread>

#include <gtest/gtest.h>

#include "raw_client.hpp"

namespace fathom::testing {
namespace {

using namespace std::chrono_literals;

class EmulatorLimits : public ::testing::Test {
protected:
    // Starts off the whole second, as the first request of a window mostly does.
    std::atomic<std::chrono::milliseconds> time_{1'000'900ms};

    EmulatorOptions options(LimitWindow window) {
        EmulatorOptions options = empty_emulator(Dialect::live);
        options.limits.window = window;
        options.clock = [this] { return std::chrono::steady_clock::time_point{time_.load()}; };
        return options;
    }
    void advance(std::chrono::milliseconds time) { time_ = time_.load() + time; }

    static RawAnswer ask(RawClient& client) { return client.get("/current_visitors?site_id=SITE"); }
    static void ask_times(RawClient& client, int times) {
        for (; times > 0; --times) EXPECT_EQ(ask(client).status, 200);
    }
};

TEST_F(EmulatorLimits, LetTenReportsInAMinuteAndCountInWholeSeconds) {
    Emulator emulator{options(LimitWindow::fixed)};
    emulator.add_site({.id = "SITE"});
    RawClient client{emulator};
    ask_times(client, 10);
    advance(30'300ms); // 31.2 s into the minute of which the first request came at 0.9 s.
    const RawAnswer refused = ask(client);
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.header("Retry-After"), "29");
    EXPECT_EQ(refused.header("X-RateLimit-Limit"), "10");
    EXPECT_EQ(refused.header("X-RateLimit-Remaining"), "0");
    EXPECT_EQ(client.get("/sites/SITE").status, 200) << "the other group";

    advance(29s);
    EXPECT_EQ(ask(client).status, 429) << "to obey exactly is up to a second too early";
    advance(1s);
    ask_times(client, 10);
    EXPECT_EQ(ask(client).status, 429);
}

TEST_F(EmulatorLimits, OfASlidingWindowFreeOneAfterTheOther) {
    Emulator emulator{options(LimitWindow::sliding)};
    emulator.add_site({.id = "SITE"});
    RawClient client{emulator};
    ask_times(client, 4);
    advance(30s);
    ask_times(client, 6);
    EXPECT_EQ(ask(client).status, 429);
    advance(30s);
    ask_times(client, 4);
    EXPECT_EQ(ask(client).status, 429);
}

TEST_F(EmulatorLimits, CountNothingWithoutAKey) {
    Emulator emulator{options(LimitWindow::fixed)};
    emulator.add_site({.id = "SITE"});
    RawClient stranger{emulator};
    stranger.set_header("Authorization", "Bearer wrong");
    for (int attempt = 0; attempt < 12; ++attempt) EXPECT_EQ(ask(stranger).status, 401);
    RawClient client{emulator};
    EXPECT_EQ(ask(client).status, 200);
}

TEST_F(EmulatorLimits, CanBeSetOffAndForgotten) {
    EmulatorOptions loose = options(LimitWindow::fixed);
    loose.limits.enforced = false;
    Emulator unlimited{loose};
    unlimited.add_site({.id = "SITE"});
    RawClient unlimited_client{unlimited};
    ask_times(unlimited_client, 20);

    EmulatorOptions tight = options(LimitWindow::fixed);
    tight.limits.resources = {.requests = 2, .window = 10s};
    Emulator limited{tight};
    RawClient client{limited};
    EXPECT_EQ(client.get("/sites").status, 200);
    EXPECT_EQ(client.get("/sites").status, 200);
    EXPECT_EQ(client.get("/sites").status, 429);
    limited.reset_limits();
    EXPECT_EQ(client.get("/sites").status, 200);
}

TEST_F(EmulatorLimits, LetOtherProgramsTakeTheirPart) {
    for (const LimitWindow window : {LimitWindow::fixed, LimitWindow::sliding}) {
        EmulatorOptions shared = options(window);
        shared.limits.other_programs.reports = 5; // One each twelve seconds, from the first request on.
        Emulator emulator{shared};
        emulator.add_site({.id = "SITE"});
        RawClient client{emulator};
        ask_times(client, 9);
        EXPECT_EQ(ask(client).status, 429) << "the tenth was another program's";
        advance(60s);
        ask_times(client, 5);
        EXPECT_EQ(client.get("/sites").status, 200) << "the other group";
        advance(3600s);
        ask_times(client, 5);
        if (window == LimitWindow::sliding) {
            EXPECT_EQ(ask(client).status, 429) << "five of the last minute were theirs";
        }
    }
}

TEST_F(EmulatorLimits, CanHaveHeadersAboutALimitThatNobodyEnforces) {
    for (const Dialect dialect : {Dialect::specification, Dialect::live}) {
        EmulatorOptions about = options(LimitWindow::fixed);
        about.dialect = dialect;
        about.limits.headers_about = {.requests = 3, .window = 60s};
        Emulator emulator{about};
        RawClient client{emulator};
        const RawAnswer first = client.get("/sites");
        EXPECT_EQ(first.header("X-RateLimit-Limit"), "3");
        EXPECT_EQ(first.header("X-RateLimit-Remaining"), "2");
        EXPECT_EQ(first.header("X-RateLimit-Reset"), "");
        EXPECT_EQ(first.headers.count("X-RateLimit-Limit"), 1U);
        client.get("/sites");
        advance(20s);
        for (int time = 0; time < 3; ++time) {
            const RawAnswer later = client.get("/account");
            EXPECT_EQ(later.status, 200);
            EXPECT_EQ(later.header("X-RateLimit-Remaining"), "0");
            EXPECT_EQ(later.header("X-RateLimit-Reset"), std::to_string(1'718'452'800 + 40)) << "noon, and 40 s";
        }
        advance(40s);
        EXPECT_EQ(client.get("/sites").header("X-RateLimit-Remaining"), "2");
    }
}

// Asks at once, and counts the answers by their status.
std::map<int, int> statuses_at_once(Emulator& emulator, int requests) {
    std::vector<std::future<RawAnswer>> answers;
    for (int count = 0; count < requests; ++count)
        answers.push_back(std::async(std::launch::async, [&] { return RawClient{emulator}.get("/account"); }));
    std::map<int, int> statuses;
    for (auto& answer : answers) ++statuses[answer.get().status];
    return statuses;
}

TEST_F(EmulatorLimits, CapTheRequestsAtOnce) {
    EmulatorOptions capped = options(LimitWindow::fixed);
    capped.limits.concurrency = {.requests = 2, .retry_after = 3s};
    Emulator emulator{capped};
    emulator.inject(faults::delay(10s), {.times = 2, .only = {.path = "/sites"}});
    std::vector<std::thread> busy;
    for (int count = 0; count < 2; ++count) {
        busy.emplace_back([&] {
            RawClient client{emulator};
            EXPECT_THROW(client.get("/sites"), std::runtime_error) << "cut at the end";
        });
    }
    ASSERT_TRUE(emulator.wait_for_requests(2, 10s));
    RawClient client{emulator};
    const RawAnswer refused = client.get("/account");
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.header("Retry-After"), "3");
    client.set_header("Authorization", "Bearer wrong");
    EXPECT_EQ(client.get("/account").status, 401) << "whoever has no key takes no place";
    emulator.drop_connections();
    for (std::thread& thread : busy) thread.join();
}

TEST_F(EmulatorLimits, CapNothingByDefaultAndEndWithTheAnswer) {
    Emulator open{options(LimitWindow::fixed)};
    EXPECT_EQ(statuses_at_once(open, 8), (std::map<int, int>{{200, 8}}));
    EmulatorOptions capped = options(LimitWindow::fixed);
    capped.limits.concurrency = {.requests = 1, .retry_after = std::nullopt};
    Emulator emulator{capped};
    RawClient client{emulator};
    for (int count = 0; count < 20; ++count) EXPECT_EQ(client.get("/account").status, 200) << "one after the other";
}

TEST_F(EmulatorLimits, CanBeSlow) {
    EmulatorOptions slow = options(LimitWindow::fixed);
    slow.latency = 60ms;
    Emulator emulator{slow};
    RawClient client{emulator};
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(client.get("/sites").status, 200);
    EXPECT_GE(std::chrono::steady_clock::now() - start, 60ms);
}

} // namespace
} // namespace fathom::testing
