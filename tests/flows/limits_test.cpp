// The service's limits, with windows that a test can wait for.
#include <atomic>
#include <thread>

#include "emulated_service.hpp"

namespace fathom {
namespace {

using namespace std::chrono_literals;

class LimitFlow : public ::testing::Test {
protected:
    static testing::EmulatorOptions emulator_options() {
        testing::EmulatorOptions options;
        options.sample_data = testing::SampleData::none;
        options.limits.reports = {.requests = 5, .window = 1s};
        return options;
    }
    [[nodiscard]] ClientOptions client_options() const {
        ClientOptions options = testing::client_options(emulator);
        options.limits.reports = {.requests = 5, .window = 1s};
        return options;
    }

    testing::Emulator emulator{emulator_options()};
    SiteId site{emulator.add_site({.id = "SITE"})};
    Client client{client_options()};
};

TEST_F(LimitFlow, LetsThreadsMakeMoreCallsThanItAllowsWithoutA429) {
    constexpr int calls = 12;
    {
        std::vector<std::jthread> threads;
        for (int number = 0; number < calls; ++number) {
            const SiteId other{
                emulator.add_site({.id = "SITE" + std::to_string(number)})}; // equal calls would share one
            threads.emplace_back([this, other] { EXPECT_TRUE(client.current_visitors().get(other)); });
        }
    }
    EXPECT_EQ(client.quota().reports.requests_sent, static_cast<std::size_t>(calls));
    EXPECT_EQ(client.quota().reports.refused_requests, 0U);
    EXPECT_EQ(client.quota().reports.requests_sent, emulator.request_count());
}

TEST_F(LimitFlow, WaitsWhereAnotherProgramUsedItUp) {
    const Client other{client_options()};
    for (int number = 0; number < 5; ++number) EXPECT_TRUE(other.current_visitors().get(site));
    EXPECT_TRUE(client.current_visitors().get(site));
    EXPECT_LE(client.quota().reports.refused_requests, 1U);
}

/// A cap that a program does not know, and threads that come all at once, each with the default deadline.
class CapFlow : public ::testing::TestWithParam<std::size_t> {
protected:
    static constexpr std::chrono::milliseconds work{100};

    static testing::EmulatorOptions emulator_options() {
        testing::EmulatorOptions options;
        options.sample_data = testing::SampleData::none;
        options.limits.concurrency = {.requests = GetParam(), .retry_after = 1s};
        options.latency = work;
        return options;
    }
    /// Makes a call in each of so many threads, all at the same time.
    /// @return how many of them succeeded
    template <class MakeCall>
    static std::size_t at_once(std::size_t calls, MakeCall make_call) {
        std::atomic<std::size_t> succeeded{0};
        {
            std::vector<std::jthread> threads;
            for (std::size_t number = 0; number < calls; ++number) {
                threads.emplace_back([&, number] {
                    if (make_call(number)) ++succeeded;
                });
            }
        }
        return succeeded;
    }

    testing::Emulator emulator{emulator_options()};
    Client client{testing::client_options(emulator)};
};

TEST_P(CapFlow, ServesTwentyThreadsThatAskForASiteEach) {
    constexpr std::size_t calls = 20;
    std::vector<SiteId> sites;
    for (std::size_t number = 0; number < calls; ++number) {
        sites.emplace_back(emulator.add_site({.id = "SITE" + std::to_string(number)}));
    }
    const auto begun = std::chrono::steady_clock::now();
    EXPECT_EQ(at_once(calls, [&](std::size_t number) { return client.sites().get(sites[number]).has_value(); }), calls);
    EXPECT_LE(std::chrono::steady_clock::now() - begun, work * calls / GetParam() + 30s);
    EXPECT_LE(client.quota().resources.refused_requests, 40U);
}

TEST_P(CapFlow, ServesTenReportsAtOnce) {
    constexpr std::size_t calls = 10;
    const SiteId site{emulator.add_site({.id = "SITE"})};
    EXPECT_EQ(at_once(calls,
                      [&](std::size_t number) {
                          return client.aggregations()
                              .pageviews(site, {.aggregates = {PageviewMetric::visits},
                                                .limit = 10 + static_cast<int>(number)})
                              .has_value();
                      }),
              calls);
}

INSTANTIATE_TEST_SUITE_P(Caps, CapFlow, ::testing::Values(1, 3, 5),
                         [](const auto& tested) { return "of" + std::to_string(tested.param); });

} // namespace
} // namespace fathom
