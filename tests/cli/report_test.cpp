#include <fathom/testing/emulator.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "command_line.hpp"

namespace fathom::cli {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::sys_days the_day = 2026y / std::chrono::November / 20;

class Reports : public ::testing::Test {
protected:
    Reports() {
        (void)emulator.add_site(
            {.id = "SHOP", .name = "The shop", .timezone = "UTC", .created_at = the_day - 100 * 24h});
        const auto add = [&](std::chrono::sys_seconds at, const char* path, const char* country, std::int64_t count) {
            emulator.add_pageviews("SHOP", {{.at = at,
                                             .traits = {.pathname = path, .country_code = country},
                                             .visits = count,
                                             .uniques = count,
                                             .pageviews = 2 * count}});
        };
        add(the_day - 24h, "/", "DE", 40);
        add(the_day - 24h, "/blog/a", "US", 10);
        add(the_day - 48h, "/", "DE", 20);
        add(the_day - 72h, "/old", "DE", 5);
    }

    Ended run(std::vector<std::string> more, std::vector<std::string> command = {"report", "pageviews", "SHOP"}) {
        command.insert(command.end(), more.begin(), more.end());
        return fathom.run(std::move(command));
    }
    std::string done(std::vector<std::string> more) {
        const Ended ended = run(std::move(more));
        EXPECT_EQ(ended.code, ExitCode::done) << ended.err;
        return ended.out;
    }

    testing::Emulator emulator{
        {.dialect = testing::Dialect::live, .sample_data = testing::SampleData::none, .now = the_day + 12h}};
    CommandLine fathom{emulator};
    const std::vector<std::string> days{"--from", "2026-11-18", "--to", "2026-11-19"};
    std::vector<std::string> of_days(std::vector<std::string> more) const {
        more.insert(more.end(), days.begin(), days.end());
        return more;
    }
};

TEST_F(Reports, CountAllOfTheDays) { EXPECT_EQ(done(of_days({})), "70\t70\t140\n"); }

TEST_F(Reports, AreTablesWithBarsOnATerminal) {
    fathom.width = 80;
    EXPECT_EQ(done(of_days({"--group", "pathname"})),
              "pathname  visits  uniques  pageviews\n"
              "/             60       60        120  ██████████████████████████████\n"
              "/blog/a       10       10         20  █████\n");
}

TEST_F(Reports, AreNoWiderThanTheBarsNeedOnAWideTerminal) {
    fathom.width = 80;
    const std::string narrow = done(of_days({"--group", "pathname"}));
    fathom.width = 200;
    EXPECT_EQ(done(of_days({"--group", "pathname"})), narrow);
}

TEST_F(Reports, HaveARowForEachDay) {
    EXPECT_EQ(done(of_days({"--by", "day", "--count", "visits", "--csv"})),
              "date,visits\r\n2026-11-18,20\r\n2026-11-19,50\r\n");
}

TEST_F(Reports, AreFilteredAndSorted) {
    EXPECT_EQ(done(of_days({"--group", "pathname", "--where", "pathname~/blog*", "--count", "visits"})),
              "/blog/a\t10\n");
    EXPECT_EQ(done(of_days({"--group", "country_code", "--count", "visits", "--sort", "visits", "--jsonl"})),
              "{\"country_code\":\"US\",\"visits\":10}\n{\"country_code\":\"DE\",\"visits\":60}\n");
    EXPECT_EQ(done(of_days({"--group", "country_code", "--count", "visits", "--sort", "-visits", "--top", "1"})),
              "DE\t60\n");
}

TEST_F(Reports, StandBesideAsManyDaysBefore) {
    EXPECT_EQ(done(of_days({"--compare", "previous", "--group", "pathname", "--count", "visits"})),
              "/\t60\t0\t\n/blog/a\t10\t0\t\n");
    EXPECT_EQ(
        done({"--from", "2026-11-19", "--to", "2026-11-19", "--compare", "previous", "--count", "visits", "--csv"}),
        "visits,visits_before,visits_change\r\n50,20,150.0\r\n");
}

TEST_F(Reports, SayNothingOfWhatThereWasBeforeWhereThatWasCut) {
    std::vector<testing::EmulatedPageviews> many;
    for (int i = 0; i < 1001; ++i)
        many.push_back({.at = the_day - 72h, .traits = {.pathname = "/p" + std::to_string(i)}});
    emulator.add_pageviews("SHOP", many);
    const Ended ended =
        run(of_days({"--compare", "previous", "--group", "pathname", "--count", "visits", "--top", "1", "--jsonl"}));
    EXPECT_EQ(ended.code, ExitCode::partial);
    EXPECT_EQ(ended.out, "{\"pathname\":\"/\",\"visits\":60}\n");
    EXPECT_NE(ended.err.find("of the days before"), std::string::npos) << ended.err;
}

TEST_F(Reports, TakeAnEndOfTheRangeAlone) {
    EXPECT_EQ(done({"--from", "2026-11-19", "--count", "visits"}), "50\n");
    EXPECT_EQ(done({"--to", "2026-11-18", "--count", "visits"}), "25\n");
    EXPECT_EQ(done({"--all", "--count", "visits"}), "75\n");
}

TEST_F(Reports, OfMoreRowsThanTheServiceGivesHaveAnExitCodeOfTheirOwn) {
    std::vector<testing::EmulatedPageviews> many;
    for (int i = 0; i < 1001; ++i)
        many.push_back({.at = the_day - 24h, .traits = {.pathname = "/p" + std::to_string(i)}});
    emulator.add_pageviews("SHOP", many);
    const Ended cut = run(of_days({"--group", "pathname", "--count", "visits"}));
    EXPECT_EQ(cut.code, ExitCode::partial);
    EXPECT_NE(cut.err.find("at most 1000 rows"), std::string::npos) << cut.err;
    EXPECT_EQ(std::count(cut.out.begin(), cut.out.end(), '\n'), 1000);
    EXPECT_EQ(run(of_days({"--group", "pathname", "--top", "1000"})).code, ExitCode::done); // so many were asked for
}

TEST_F(Reports, OfAnEvent) {
    (void)emulator.add_event("SHOP", {.name = "Purchase"});
    emulator.add_conversions("SHOP", "Purchase", {{.at = the_day - 24h, .conversions = 3, .unique_conversions = 2}});
    const Ended ended = run(days, {"report", "events", "SHOP", "Purchase"});
    EXPECT_EQ(ended.code, ExitCode::done) << ended.err;
    EXPECT_EQ(ended.out, "3\t2\n");
}

TEST_F(Reports, NeedSomethingToCount) {
    for (const char* nothing : {"", ","}) {
        const Ended ended = fathom.run({"report", "pageviews", "SHOP", "--group", "pathname", "--count", nothing});
        EXPECT_EQ(ended.code, ExitCode::usage);
        EXPECT_NE(ended.err.find("--count"), std::string::npos) << ended.err;
    }
    EXPECT_EQ(emulator.request_count(), 0U);
}

} // namespace
} // namespace fathom::cli
