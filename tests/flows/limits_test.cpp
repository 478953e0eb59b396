// The service's limits, with windows that a test can wait for.
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
            threads.emplace_back(
                [this] { EXPECT_TRUE(client.current_visitors().get(site, {.cache = CacheUse::refresh})); });
        }
    }
    EXPECT_EQ(client.quota().reports.refused_requests, 0U);
    EXPECT_EQ(client.quota().reports.requests_sent, emulator.request_count());
}

TEST_F(LimitFlow, WaitsWhereAnotherProgramUsedItUp) {
    const Client other{client_options()};
    for (int number = 0; number < 5; ++number) EXPECT_TRUE(other.current_visitors().get(site));
    EXPECT_TRUE(client.current_visitors().get(site));
    EXPECT_LE(client.quota().reports.refused_requests, 1U);
}

} // namespace
} // namespace fathom
