// A backfill that dies again and again, at moments that nobody chose.
#include "program_test.hpp"

#include <chrono>
#include <iostream>
#include <map>
#include <random>
#include <set>
#include <thread>

#include <fathom/fathom.hpp>

namespace fathom {
namespace {

using namespace std::chrono;

class Backfill : public ProgramTest {
protected:
    using Key = std::pair<local_seconds, std::string>;

    /// Days of visits that ended yesterday, and one hour with more paths than an answer holds.
    std::string add_busy_site(const std::string& id) {
        emulator.add_site({.id = id, .name = id});
        const sys_seconds begin = floor<days>(system_clock::now()) - days{30};
        std::vector<testing::EmulatedPageviews> visits;
        const auto add = [&](sys_seconds hour, const std::string& path, std::int64_t pageviews) {
            visits.push_back({.at = hour + 5min, .traits = {.pathname = path}, .pageviews = pageviews});
            wanted[id][{local_seconds{hour.time_since_epoch()}, path}] = pageviews;
        };
        for (int hour = 0; hour < 29 * 24; hour += 3) {
            for (int i = 0; i < 12; ++i) add(begin + hours{hour}, "/a \"page\", " + std::to_string(i), i + 1);
        }
        for (int i = 0; i < 2'500; ++i) add(begin + days{5} + 1h, "/item/" + std::to_string(i * 7919 % 90'000), 1);
        emulator.add_pageviews(id, visits);
        return id;
    }
    void expect_every_row_once(const std::string& site) const {
        const auto rows = read_csv<PageviewRow>(content_of(folder / (site + ".csv")));
        ASSERT_TRUE(rows) << rows.error();
        std::map<Key, std::int64_t> found;
        for (const PageviewRow& row : *rows) {
            const Key key{row.time.value(), row.fields[Field::pathname]};
            EXPECT_TRUE(found.emplace(key, row.pageviews.value()).second) << "twice: " << row;
        }
        EXPECT_TRUE(found == wanted.at(site)) << found.size() << " of " << wanted.at(site).size();
    }
    /// Kills it a moment after so many requests of its own, if it lives that long. @return whether it came to its end
    bool ends_before_it_is_killed(std::size_t requests, microseconds after) {
        emulator.clear_requests();
        ChildProcess child = start("backfill", arguments);
        const auto give_up_at = steady_clock::now() + 60s;
        while (!child.has_ended() && steady_clock::now() < give_up_at) {
            if (emulator.wait_for_requests(requests, 1ms)) break;
        }
        if (!child.has_ended()) std::this_thread::sleep_for(after); // the moment of the kill: any will do
        child.kill();
        return child.wait() == 0;
    }

    std::map<std::string, std::map<Key, std::int64_t>> wanted;
    std::vector<std::string> arguments;
};

TEST_F(Backfill, HasEachRowOnceHoweverOftenItIsKilled) {
    arguments = {folder, add_busy_site("ONE"), add_busy_site("TWO"), add_busy_site("THREE")};
    std::ofstream(folder / "in") << "";
    int killed = 0;
    for (const unsigned seed : {1U, 2U, 3U}) {
        for (const std::string site : {"ONE", "TWO", "THREE"}) {
            std::filesystem::remove(folder / (site + ".csv"));
            std::filesystem::remove(folder / (site + ".place"));
        }
        std::minstd_rand random(seed);
        const auto any_up_to = [&](int most) { return std::uniform_int_distribution(0, most)(random); };
        // A program has ten reports before the limit makes it wait for a minute, so none lives longer.
        const auto has_ended = [&] {
            return ends_before_it_is_killed(static_cast<std::size_t>(any_up_to(9)), microseconds{any_up_to(20'000)});
        };
        int runs = 1;
        while (!has_ended() && runs < 100) ++runs;
        ASSERT_LT(runs, 100);
        killed += runs - 1;
        for (const std::string site : {"ONE", "TWO", "THREE"}) expect_every_row_once(site);
    }
    EXPECT_GE(killed, 10); // each of the three needs 30 requests and more
    std::cout << killed << " programs were killed\n";
}

TEST_F(Backfill, IsRunAgainForNextToNothing) {
    const std::string site = emulator.add_site({.id = "ONE"});
    const sys_seconds noon = floor<days>(system_clock::now()) - 12h;
    emulator.add_pageviews(site,
                           {{.at = noon, .traits = {.pathname = "/a"}, .visits = 2, .uniques = 2, .pageviews = 3}});
    EXPECT_EQ(run("backfill", {folder, site}).exit_code, 0);
    const std::string before = content_of(folder / "ONE.csv");
    EXPECT_TRUE(before.starts_with("date,pathname,pageviews,visits,uniques\r\n")) << before;
    EXPECT_TRUE(before.ends_with(" 12:00:00,/a,3,2,2\r\n")) << before;
    emulator.clear_requests();
    const Outcome again = run("backfill", {folder, site});
    EXPECT_EQ(again.exit_code, 0) << again.error;
    EXPECT_EQ(content_of(folder / "ONE.csv"), before);
    EXPECT_LE(emulator.request_count(), 2U); // the hour that is not over, and one that has ended meanwhile
}

TEST_F(Backfill, RefusesAPlaceThatIsNone) {
    std::ofstream(folder / "ONE.place") << "0 nonsense";
    emulator.add_site({.id = "ONE"});
    const Outcome outcome = run("backfill", {folder, "ONE"});
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_NE(outcome.error.find("resume_from"), std::string::npos) << outcome.error;
}

} // namespace
} // namespace fathom
