// The end of calls that are not wanted any more.
#include <optional>
#include <thread>

#include "flows/emulated_service.hpp"

namespace fathom {
namespace {

using namespace std::chrono_literals;
namespace faults = testing::faults;

class AsyncCancellation : public EmulatedService {
protected:
    static constexpr auto long_enough = 20s;
    static constexpr auto soon = 2s; // far below the deadlines; a loaded machine must not fail a test

    void SetUp() override { client.emplace(client_options()); }

    /// Cancels a call and checks that it ends at once.
    template <class T>
    static void expect_quick_end(Future<T>& future) {
        const auto begun = std::chrono::steady_clock::now();
        future.cancel();
        EXPECT_EQ(future.get().error().kind, ErrorKind::cancelled);
        EXPECT_LT(std::chrono::steady_clock::now() - begun, soon);
    }

    std::optional<AsyncClient> client{};
};

TEST_F(AsyncCancellation, EndsACallInFlight) {
    emulator.inject(faults::delay(30s));
    Future<Site> future = client->sites().get(site);
    ASSERT_TRUE(emulator.wait_for_requests(1, long_enough));
    expect_quick_end(future);
}

TEST_F(AsyncCancellation, EndsACallInsideABody) {
    emulator.inject(faults::stall(30s));
    Future<Site> future = client->sites().get(site);
    ASSERT_TRUE(emulator.wait_for_requests(1, long_enough));
    expect_quick_end(future);
}

TEST_F(AsyncCancellation, EndsACallThatBacksOff) {
    emulator.inject(faults::unavailable(30s), {.times = 0});
    Future<Site> future = client->sites().get(site);
    ASSERT_TRUE(emulator.wait_for_requests(1, long_enough));
    expect_quick_end(future);
    EXPECT_EQ(emulator.request_count(), 1U);
}

TEST_F(AsyncCancellation, EndsACallThatWaitsForTheLimit) {
    ClientOptions options = client_options();
    options.limits.reports = {.requests = 1, .window = 60s};
    client.emplace(options);
    ASSERT_TRUE(client->current_visitors().get(site).get());
    Future<CurrentVisitors> future = client->current_visitors().detailed(site);
    expect_quick_end(future);
    EXPECT_EQ(emulator.request_count(), 1U);
}

TEST_F(AsyncCancellation, EndsACallThatConnects) {
    ClientOptions options = client_options();
    options.base_url = "https://192.0.2.1/v1"; // an address that nobody has
    options.connection.proxy = "";
    client.emplace(options);
    Future<Site> future = client->sites().get(site);
    expect_quick_end(future);
}

TEST_F(AsyncCancellation, FollowsAStopToken) {
    emulator.inject(faults::delay(30s));
    std::stop_source stop;
    Future<Site> future = client->sites().get(site, {.stop = stop.get_token()});
    ASSERT_TRUE(emulator.wait_for_requests(1, long_enough));
    stop.request_stop();
    EXPECT_EQ(future.get().error().kind, ErrorKind::cancelled);
}

TEST_F(AsyncCancellation, FollowsAStopTokenThatWasStoppedBefore) {
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(client->sites().get(site, {.stop = stop.get_token()}).get().error().kind, ErrorKind::cancelled);
    EXPECT_EQ(emulator.request_count(), 0U);
}

Future<std::string> name_of(AsyncClient client, SiteId site) {
    co_return (co_await client.sites().get(site)).value().name;
}

TEST_F(AsyncCancellation, EndsWhatACoroutineAwaits) {
    emulator.inject(faults::delay(30s));
    Future<std::string> future = name_of(*client, site);
    ASSERT_TRUE(emulator.wait_for_requests(1, long_enough));
    expect_quick_end(future);
}

TEST_F(AsyncCancellation, LeavesTheClientUsable) {
    emulator.inject(faults::delay(30s));
    Future<Site> future = client->sites().get(site);
    ASSERT_TRUE(emulator.wait_for_requests(1, long_enough));
    expect_quick_end(future);
    EXPECT_TRUE(client->sites().get(site).get());
}

TEST_F(AsyncCancellation, LosesNoPermit) {
    ClientOptions options = client_options();
    options.limits.reports = {.requests = 2, .window = 1s};
    options.limits.late_arrival = 0s;
    client.emplace(options);
    emulator.inject(faults::delay(30s));
    Future<CurrentVisitors> future = client->current_visitors().get(site);
    ASSERT_TRUE(emulator.wait_for_requests(1, long_enough));
    expect_quick_end(future);
    ASSERT_TRUE(client->current_visitors().detailed(site).get());
    ASSERT_TRUE(client->current_visitors().get(site).get()) << "when a window has passed";
}

TEST_F(AsyncCancellation, EndsAllCallsWhenTheClientIsDestroyed) {
    emulator.inject(faults::delay(30s), {.times = 0});
    Future<Site> in_flight = client->sites().get(site);
    Future<std::vector<Milestone>> list = client->milestones().list(site).collect();
    ASSERT_TRUE(emulator.wait_for_requests(2, long_enough));
    bool was_told = false;
    const auto told = client->account().get().then(
        [&](const Result<Account>& account) { was_told = account.error().kind == ErrorKind::cancelled; });
    const auto begun = std::chrono::steady_clock::now();
    client.reset();
    EXPECT_LT(std::chrono::steady_clock::now() - begun, soon);
    EXPECT_TRUE(was_told);
    EXPECT_EQ(in_flight.get().error().kind, ErrorKind::cancelled);
    EXPECT_EQ(list.get().error().kind, ErrorKind::cancelled);
}

TEST_F(AsyncCancellation, LeavesADroppedFuturesCallGoOn) {
    {
        std::ignore = client->sites().update(site, {.name = "Renamed"});
    }
    ASSERT_TRUE(emulator.wait_for_requests(1, long_enough));
    EXPECT_EQ(client->sites().get(site).get().value().name, "Renamed");
}

} // namespace
} // namespace fathom
