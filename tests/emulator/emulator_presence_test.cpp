// Who is on a site now.
#include <set>

#include <gtest/gtest.h>

#include "raw_client.hpp"

namespace fathom::testing {
namespace {

using namespace std::chrono_literals;

class EmulatorPresence : public ::testing::Test {
protected:
    static constexpr std::chrono::sys_seconds noon = std::chrono::sys_days{std::chrono::June / 15 / 2024} + 12h;

    static EmulatorOptions options(SampleData data) {
        EmulatorOptions options = empty_emulator();
        options.sample_data = data;
        options.limits.enforced = false;
        return options;
    }
    static nlohmann::json visitors(Emulator& emulator, const std::string& site) {
        return RawClient{emulator}.get("/current_visitors?detailed=true&site_id=" + site).json();
    }
};

TEST_F(EmulatorPresence, OnASampleSiteMovesWithTheClock) {
    Emulator emulator{options(SampleData::brief)};
    std::set<int> totals;
    std::set<std::string> answers;
    for (int minute = 0; minute < 30; ++minute) {
        emulator.set_now(noon + std::chrono::minutes{minute});
        const nlohmann::json answer = visitors(emulator, "CDBUGS");
        totals.insert(answer.at("total").get<int>());
        answers.insert(answer.dump());
        int on_pages = 0;
        for (const auto& page : answer.at("content")) on_pages += page.at("total").get<int>();
        EXPECT_EQ(on_pages, answer.at("total"));
    }
    EXPECT_GT(totals.size(), 4U);
    EXPECT_GT(answers.size(), 20U);
    emulator.set_now(noon);
    const auto first = visitors(emulator, "CDBUGS");
    EXPECT_EQ(visitors(emulator, "CDBUGS"), first) << "it stands still with the clock";
}

TEST_F(EmulatorPresence, FollowsPageviewsForFiveMinutes) {
    Emulator emulator{options(SampleData::none)};
    const std::string site = emulator.add_site();
    emulator.add_pageviews(site, {{.at = noon, .traits = {.pathname = "/a"}, .uniques = 2, .visitors = 1},
                                  {.at = noon + 2min, .traits = {.pathname = "/b"}, .uniques = 2, .visitors = 1},
                                  {.at = noon + 4min, .traits = {.pathname = "/c"}, .uniques = 3}});
    const auto at = [&](std::chrono::seconds time) {
        emulator.set_now(noon + time);
        std::string pages;
        const nlohmann::json answer = visitors(emulator, site);
        for (const auto& page : answer.at("content"))
            pages += page.at("pathname").get<std::string>() + page.at("total").dump() + " ";
        return pages;
    };
    EXPECT_EQ(at(-1s), "");
    EXPECT_EQ(at(1min), "/a2 ");
    EXPECT_EQ(at(3min), "/b2 ") << "nobody is on two pages";
    EXPECT_EQ(at(4min), "/c3 /b2 ");
    EXPECT_EQ(at(8min), "/c3 ");
    EXPECT_EQ(at(9min), "");
}

TEST_F(EmulatorPresence, IsWhatATestHasSaid) {
    Emulator emulator{options(SampleData::brief)};
    emulator.set_current_visitors("CDBUGS", {{.total = 4, .pathname = "/pricing"}});
    for (const auto time : {0min, 60min}) {
        emulator.set_now(noon + time);
        EXPECT_EQ(visitors(emulator, "CDBUGS").at("total"), 4);
    }
    emulator.set_current_visitors("CDBUGS", {});
    EXPECT_EQ(visitors(emulator, "CDBUGS").at("total"), 0);
}

} // namespace
} // namespace fathom::testing
