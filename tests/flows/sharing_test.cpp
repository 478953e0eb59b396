// One client in many hands.
#include <atomic>
#include <filesystem>
#include <iterator>
#include <thread>

#include "emulated_service.hpp"

namespace fathom {
namespace {

using namespace std::chrono_literals;

class SharingFlow : public EmulatedService {
protected:
    Client client{client_options()};
};

constexpr const char* list_of_threads = "/proc/self/task";

std::ptrdiff_t threads_of_this_process() {
    const std::filesystem::directory_iterator threads(list_of_threads);
    return std::distance(begin(threads), end(threads));
}

TEST_F(SharingFlow, HasNoThreadOfItsOwnForBlockingCalls) {
    if (!std::filesystem::exists(list_of_threads)) GTEST_SKIP() << "this system does not tell the threads";
    ASSERT_TRUE(client.sites().get(site)); // now the emulator has its thread for this connection
    const std::ptrdiff_t before = threads_of_this_process();
    for (int call = 0; call < 5; ++call) ASSERT_TRUE(client.sites().get(site));
    Client again{client_options()};
    EXPECT_EQ(threads_of_this_process(), before);
}

TEST_F(SharingFlow, ServesManyThreads) {
    std::atomic<int> answered = 0;
    {
        std::vector<std::jthread> threads;
        for (int number = 0; number < 8; ++number) {
            threads.emplace_back([&, copy = client] {
                for (int call = 0; call < 20; ++call) answered += copy.sites().get(site).has_value() ? 1 : 0;
            });
        }
    }
    EXPECT_EQ(answered, 8 * 20);
}

TEST_F(SharingFlow, OfOneKeyIsOneLimitForClientsMadeApart) {
    ClientOptions options = testing::client_options(emulator);
    options.limits.reports.requests = 5;
    const auto is_served = [&](const auto& any_client) {
        return any_client.current_visitors().get(site, {.when_limited = WhenLimited::fail}).has_value();
    };
    const Client first(options);
    const AsyncClient second(options);
    EXPECT_TRUE(is_served(first));
    EXPECT_TRUE(second.current_visitors().get(site, {.when_limited = WhenLimited::fail}).get());
    EXPECT_EQ(first.quota().reports.free_permits, 3U);
    for (int made = 0; made < 3; ++made) EXPECT_TRUE(is_served(Client(options))) << "one after the other";
    EXPECT_FALSE(is_served(first));
    EXPECT_FALSE(is_served(Client(options)));
    options.limit_sharing = LimitSharing::none;
    EXPECT_TRUE(is_served(Client(options)));
}

TEST_F(SharingFlow, OutlivesTheClientThatAListCameFrom) {
    auto sites = Client(client_options()).sites().list();
    EXPECT_EQ(std::move(sites).collect().value().size(), 1U);
}

TEST_F(SharingFlow, GivesUpAPrefetchedPageWithItsList) {
    emulator.add_site();
    emulator.inject(testing::faults::delay(30s), {.times = 0, .after = 1});
    const auto begun = std::chrono::steady_clock::now();
    {
        const Client short_lived{client_options()};
        auto sites = short_lived.sites().list({.page_size = 1, .prefetch = true});
        ASSERT_NE(sites.begin(), sites.end());
    }
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 10s);
}

TEST_F(SharingFlow, EndsACallInFlightWhereItsCallerAsks) {
    emulator.inject(testing::faults::delay(30s), {.times = 0});
    std::stop_source stop;
    const std::jthread canceller([&] {
        EXPECT_TRUE(emulator.wait_for_requests(1, 10s));
        stop.request_stop();
    });
    const auto begun = std::chrono::steady_clock::now();
    EXPECT_EQ(client.sites().get(site, {.stop = stop.get_token()}).error().kind, ErrorKind::cancelled);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 10s);
}

} // namespace
} // namespace fathom
