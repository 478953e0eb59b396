// The rate limits.
#include <atomic>

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

} // namespace
} // namespace fathom::testing
