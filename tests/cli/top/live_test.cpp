#include "cli/top/live.hpp"

#include <fathom/testing/emulator.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <string>
#include <thread>

namespace fathom::cli {
namespace {

using namespace std::chrono_literals;

class Live : public ::testing::Test {
protected:
    static AsyncClient client_of(const testing::Emulator& emulator, std::size_t reports_a_minute) {
        return AsyncClient({.api_key = emulator.api_key(),
                            .base_url = emulator.base_url(),
                            .limits = {.reports = {.requests = reports_a_minute, .window = 60s}},
                            .limit_sharing = LimitSharing::none});
    }
    /// Lets it go on at that time until something is so. Nothing tells when answers have come.
    bool goes_on_until(LivePanels& live, const std::function<bool()>& is_so) const {
        for (int i = 0; i < 3000; ++i) {
            live.go_on(now, present);
            if (is_so()) return true;
            std::this_thread::sleep_for(10ms);
        }
        return false;
    }

    LivePanels::Clock::time_point now = LivePanels::Clock::now();
    std::chrono::system_clock::time_point present = std::chrono::system_clock::now();
    testing::Emulator emulator{
        {.dialect = testing::Dialect::live, .sample_data = testing::SampleData::none, .limits = {.enforced = false}}};
    std::string shop = emulator.add_site({.id = "SHOP", .name = "Shop"});
};

TEST_F(Live, LooksAgainWhenItIsTime) {
    LivePanels live(client_of(emulator, 1000), SiteId("SHOP"), 60s);
    ASSERT_TRUE(goes_on_until(live, [&live] { return live.panels().has_value(); }));
    EXPECT_EQ(live.panels()->visitors_now, 0);
    EXPECT_EQ(live.status(now, present), "next in 60 s");
    emulator.set_current_visitors("SHOP", {{.total = 5}});
    now += 59s;
    live.go_on(now, present);
    EXPECT_EQ(live.status(now, present), "next in 1 s");
    now += 1s;
    ASSERT_TRUE(goes_on_until(live, [&live] { return live.panels()->visitors_now == 5; }));
}

TEST_F(Live, KeepsWhatItHasWhileLooksFail) {
    LivePanels live(client_of(emulator, 1000), SiteId("SHOP"), 60s);
    ASSERT_TRUE(goes_on_until(live, [&live] { return live.panels().has_value(); }));
    emulator.inject(testing::faults::status(403), {.times = 5});
    now += 60s;
    ASSERT_TRUE(goes_on_until(live, [&live] { return !live.failure().empty(); }));
    EXPECT_EQ(live.failure().find('\n'), std::string::npos) << live.failure();
    EXPECT_EQ(live.panels()->site.name, "Shop");
    EXPECT_EQ(live.status(now, present), "next in 60 s");
    emulator.clear_faults();
    now += 60s;
    ASSERT_TRUE(goes_on_until(live, [&live] { return live.failure().empty(); }));
}

TEST_F(Live, SaysWhatItWaitsFor) {
    LivePanels live(client_of(emulator, 4), SiteId("SHOP"), 60s); // of six
    ASSERT_TRUE(goes_on_until(live, [&] { return live.status(now, present).ends_with("for the limit: 2 requests"); }));
    EXPECT_FALSE(live.panels());
    EXPECT_TRUE(live.failure().empty());
}

} // namespace
} // namespace fathom::cli
