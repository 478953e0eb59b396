// The end of calls that are not wanted any more.
#include <algorithm>
#include <filesystem>
#include <iterator>
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
    static constexpr auto at_once = 50ms;

    void SetUp() override { client.emplace(client_options()); }

    /// Cancels calls in the same state until one ends at once: the machine may be busy, but not each time.
    /// @param begin begins a call and returns when it has reached the state
    template <class Begin>
    static void expect_end_at_once(Begin begin) {
        constexpr int tries = 10;
        std::chrono::steady_clock::duration quickest = long_enough;
        for (int attempt = 0; attempt < tries && quickest > at_once; ++attempt) {
            auto future = begin();
            const auto cancelled_at = std::chrono::steady_clock::now();
            future.cancel();
            EXPECT_EQ(future.get().error().kind, ErrorKind::cancelled);
            quickest = std::min(quickest, std::chrono::steady_clock::now() - cancelled_at);
        }
        EXPECT_LT(quickest, at_once);
    }
    /// Begins a call that reaches the service.
    [[nodiscard]] Future<Site> begin_at_service() {
        emulator.clear_requests();
        Future<Site> future = client->sites().get(site);
        EXPECT_TRUE(emulator.wait_for_requests(1, long_enough));
        return future;
    }

    std::optional<AsyncClient> client{};
};

TEST_F(AsyncCancellation, EndsACallInFlightAtOnce) {
    emulator.inject(faults::delay(30s), {.times = 0});
    expect_end_at_once([this] { return begin_at_service(); });
}

TEST_F(AsyncCancellation, EndsACallInsideABodyAtOnce) {
    emulator.inject(faults::stall(30s), {.times = 0});
    expect_end_at_once([this] { return begin_at_service(); });
}

TEST_F(AsyncCancellation, EndsACallThatBacksOffAtOnce) {
    emulator.inject(faults::unavailable(30s), {.times = 0});
    expect_end_at_once([this] { return begin_at_service(); });
    EXPECT_EQ(emulator.request_count(), 1U);
}

TEST_F(AsyncCancellation, EndsACallThatWaitsForTheLimitAtOnce) {
    ClientOptions options = client_options();
    options.limits.reports = {.requests = 1, .window = 60s};
    client.emplace(options);
    ASSERT_TRUE(client->current_visitors().get(site).get());
    expect_end_at_once([this] { return client->current_visitors().detailed(site); });
    EXPECT_EQ(emulator.request_count(), 1U);
}

TEST_F(AsyncCancellation, EndsACallThatConnectsAtOnce) {
    ClientOptions options = client_options();
    options.base_url = "https://192.0.2.1/v1"; // an address that nobody has
    client.emplace(options);
    expect_end_at_once([this] { return client->sites().get(site); });
}

TEST_F(AsyncCancellation, EndsACallThatLooksUpANameAtOnce) {
    ClientOptions options = client_options();
    options.base_url = "https://fathom.invalid/v1";
    options.retry.base_delay = 30s; // where the answer comes that there is no such name
    options.retry.max_delay = 30s;
    client.emplace(options);
    expect_end_at_once([this] { return client->sites().get(site); });
}

TEST_F(AsyncCancellation, EndsABlockingCallInFlightAtOnce) {
    emulator.inject(faults::delay(30s), {.times = 0});
    std::chrono::steady_clock::duration quickest = long_enough;
    for (int attempt = 0; attempt < 10 && quickest > at_once; ++attempt) {
        emulator.clear_requests();
        std::stop_source stop;
        std::chrono::steady_clock::time_point cancelled_at;
        const std::jthread canceller([&] {
            EXPECT_TRUE(emulator.wait_for_requests(1, long_enough));
            cancelled_at = std::chrono::steady_clock::now();
            stop.request_stop();
        });
        EXPECT_FALSE(client->blocking().sites().get(site, {.stop = stop.get_token()}));
        quickest = std::min(quickest, std::chrono::steady_clock::now() - cancelled_at);
    }
    EXPECT_LT(quickest, at_once);
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
    future.cancel();
    EXPECT_EQ(future.get().error().kind, ErrorKind::cancelled);
}

TEST_F(AsyncCancellation, LeavesTheClientUsable) {
    emulator.inject(faults::delay(30s));
    Future<Site> future = begin_at_service();
    future.cancel();
    EXPECT_EQ(future.get().error().kind, ErrorKind::cancelled);
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
    future.cancel();
    EXPECT_EQ(future.get().error().kind, ErrorKind::cancelled);
    ASSERT_TRUE(client->current_visitors().detailed(site).get());
    ASSERT_TRUE(client->current_visitors().get(site).get()) << "when a window has passed";
}

constexpr const char* list_of_open_files = "/proc/self/fd";

std::size_t open_files() {
    const std::filesystem::directory_iterator files(list_of_open_files);
    return static_cast<std::size_t>(std::distance(begin(files), end(files)));
}

TEST_F(AsyncCancellation, LeavesNoConnectionOpen) {
    if (!std::filesystem::exists(list_of_open_files)) GTEST_SKIP() << "this system does not tell the open files";
    client.reset();
    const std::size_t files_before = open_files();
    client.emplace(client_options());
    emulator.inject(faults::delay(30s), {.times = 0});
    for (int call = 0; call < 10; ++call) {
        Future<Site> future = begin_at_service();
        future.cancel();
        EXPECT_FALSE(future.get());
    }
    client.reset();
    emulator = testing::Emulator(emulator_options(testing::Dialect::live)); // its side lives in this process too
    const auto give_up_at = std::chrono::steady_clock::now() + long_enough;
    while (open_files() > files_before && std::chrono::steady_clock::now() < give_up_at) std::this_thread::yield();
    // Fewer, where the connections of the client before were yet to be closed.
    EXPECT_LE(open_files(), files_before) << "as soon as the background thread has ended";
}

TEST_F(AsyncCancellation, EndsAllCallsWhenTheClientIsDestroyed) {
    emulator.inject(faults::delay(30s), {.times = 0});
    Future<Site> in_flight = client->sites().get(site);
    Future<std::vector<Milestone>> list = client->milestones().list(site).collect();
    ASSERT_TRUE(emulator.wait_for_requests(2, long_enough));
    Future<ErrorKind> told =
        client->account().get().then([](const Result<Account>& account) { return account.error().kind; });
    const auto begun = std::chrono::steady_clock::now();
    client.reset();
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 15s) << "far below the deadlines, on a loaded machine too";
    EXPECT_EQ(told.get().value(), ErrorKind::cancelled);
    EXPECT_EQ(in_flight.get().error().kind, ErrorKind::cancelled);
    EXPECT_EQ(list.get().error().kind, ErrorKind::cancelled);
}

TEST_F(AsyncCancellation, LeavesADroppedFuturesCallGoOn) {
    {
        std::ignore = client->sites().update(site, {.name = "Renamed"});
    }
    const auto give_up_at = std::chrono::steady_clock::now() + long_enough;
    std::string name;
    while (name != "Renamed" && std::chrono::steady_clock::now() < give_up_at) {
        name = client->sites().get(site).get().value().name;
    }
    EXPECT_EQ(name, "Renamed");
}

} // namespace
} // namespace fathom
