// Starting, stopping, many at once, and sample data.
#include <future>
#include <thread>

#include <gtest/gtest.h>

#include "../support/loopback.hpp"
#include "raw_client.hpp"

namespace fathom::testing {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

TEST(EmulatorLifecycle, StartsInOneLine) {
    Emulator emulator;
    EXPECT_EQ(emulator.base_url(), "http://127.0.0.1:" + std::to_string(emulator.port()) + "/v1");
    EXPECT_EQ(emulator.site_ids().size(), 3U);
}

TEST(EmulatorLifecycle, NamesAnAddressThatReachesItWhereItListensOnAll) {
    for (const auto& [host, named] : {std::pair{"0.0.0.0", "127.0.0.1"}, {"::", "[::1]"}, {"::1", "[::1]"}}) {
        EmulatorOptions options = empty_emulator();
        options.host = host;
        try {
            const Emulator emulator{options};
            EXPECT_EQ(emulator.base_url(),
                      "http://" + std::string(named) + ":" + std::to_string(emulator.port()) + "/v1");
            // The client below knows IPv4 alone.
            if (options.host == "0.0.0.0") {
                EXPECT_EQ(RawClient{emulator}.get("/sites").status, 200);
            }
        } catch (const std::runtime_error&) {
            EXPECT_NE(options.host, "0.0.0.0") << "only a machine without IPv6 has a reason";
        }
    }
}

TEST(EmulatorLifecycle, RunsManyAtOnceThatShareNothing) {
    Emulator first{empty_emulator()};
    Emulator second{empty_emulator()};
    first.add_site();
    EXPECT_NE(first.port(), second.port());
    EXPECT_EQ(RawClient{first}.get("/sites").json().at("data").size(), 1U);
    EXPECT_EQ(RawClient{second}.get("/sites").json().at("data").size(), 0U);
}

TEST(EmulatorLifecycle, RefusesAPortInUse) {
    Emulator emulator{empty_emulator()};
    EmulatorOptions options = empty_emulator();
    options.port = emulator.port();
    EXPECT_THROW(Emulator{options}, std::runtime_error);
}

TEST(EmulatorLifecycle, MovesWithItsServer) {
    Emulator first{empty_emulator()};
    const int port = first.port();
    Emulator second{std::move(first)};
    EXPECT_EQ(second.port(), port);
    EXPECT_EQ(RawClient{second}.get("/sites").status, 200);
    second = Emulator{empty_emulator()};
    EXPECT_EQ(RawClient{second}.get("/sites").status, 200);
}

TEST(EmulatorLifecycle, StopsAtOnceWhateverIsGoingOn) {
    auto emulator = std::make_unique<Emulator>(empty_emulator());
    RawClient idle{*emulator};
    EXPECT_EQ(idle.get("/sites").status, 200);
    RawClient waiting{*emulator};
    RawClient stalled{*emulator};
    emulator->inject(faults::delay(1h), {.only = {.path = "/account"}});
    emulator->inject(faults::stall(1h), {.only = {.path = "/token"}});
    auto delayed_answer = std::async(std::launch::async, [&] { return waiting.get("/account"); });
    auto stalled_answer = std::async(std::launch::async, [&] { return stalled.get("/token"); });
    ASSERT_TRUE(emulator->wait_for_requests(3, 10s));
    const auto start = Clock::now();
    emulator.reset();
    EXPECT_LT(Clock::now() - start, 1min);
    EXPECT_THROW(delayed_answer.get(), std::runtime_error);
    EXPECT_THROW(stalled_answer.get(), std::runtime_error);
}

TEST(EmulatorLifecycle, StopsAlthoughAConnectionNeverAskedAnything) {
    auto emulator = std::make_unique<Emulator>(empty_emulator());
    const sockaddr_in address = loopback(emulator->port());
    const int silent = socket(AF_INET, SOCK_STREAM, 0);
    ASSERT_EQ(connect(silent, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    std::this_thread::sleep_for(20ms);
    const auto start = Clock::now();
    emulator.reset();
    EXPECT_LT(Clock::now() - start, 4s); // before a server loses its patience with a connection
    close(silent);
}

TEST(EmulatorLifecycle, ServesManyConnectionsAtOnce) {
    Emulator emulator{empty_emulator()};
    emulator.inject(faults::delay(250ms), {.times = 0});
    const auto start = Clock::now();
    std::vector<std::thread> clients;
    for (int count = 0; count < 40; ++count)
        clients.emplace_back([&] { EXPECT_EQ(RawClient{emulator}.get("/sites").status, 200); });
    for (std::thread& client : clients) client.join();
    EXPECT_LT(Clock::now() - start, 8s) << "one after the other would take ten";
}

TEST(EmulatorSampleData, IsTheSameForTheSameSeedAndTime) {
    const auto report = [](std::uint64_t seed) {
        EmulatorOptions options = empty_emulator();
        options.sample_data = SampleData::brief;
        options.seed = seed;
        const Emulator emulator{options};
        return RawClient{emulator}
            .get("/aggregations?entity=pageview&entity_id=CDBUGS&aggregates=visits,uniques,avg_duration"
                 "&date_grouping=day&field_grouping=pathname,country_code")
            .body;
    };
    EXPECT_EQ(report(1), report(1));
    EXPECT_NE(report(1), report(2));
}

TEST(EmulatorSampleData, ReachesTwoYearsBackFromNow) {
    EmulatorOptions options = empty_emulator();
    options.sample_data = SampleData::full;
    const auto start = Clock::now();
    const Emulator emulator{options};
    EXPECT_LT(Clock::now() - start, 60s) << "under a second, but for sanitizers on a busy machine";
    RawClient client{emulator};
    EXPECT_EQ(client.get("/sites").json().at("has_more"), true);
    const nlohmann::json months = client
                                      .get("/aggregations?entity=pageview&entity_id=CDBUGS&aggregates=visits"
                                           "&date_grouping=month&sort_by=timestamp:asc")
                                      .json()
                                      .at("data");
    EXPECT_EQ(months.size(), 25U);
    EXPECT_EQ(months.front().at("date"), "2022-06");
    EXPECT_EQ(months.back().at("date"), "2024-06");
}

} // namespace
} // namespace fathom::testing
