// Exports of whole histories, day after day.
#include <algorithm>
#include <atomic>
#include <map>
#include <string>
#include <vector>

#include "cli/exit_code.hpp"
#include "cli/export/forecast.hpp"
#include "exported_sites.hpp"

namespace fathom::cli {
namespace {

using namespace std::chrono;

void expect_success(const std::vector<ExportedHistory>& histories) {
    for (const ExportedHistory& history : histories) {
        if (!history.failure) continue;
        try {
            std::rethrow_exception(history.failure);
        } catch (const std::exception& problem) {
            ADD_FAILURE() << name_of(history.subject) << ": " << problem.what();
        }
    }
}

class ExportedTo : public ExportedSites, public ::testing::WithParamInterface<ExportFormat> {
protected:
    std::vector<ExportedHistory> run_once(const std::vector<std::string>& sites = {"SHOP"},
                                          const ExportQuestion& question = by(DateGrouping::hour)) {
        auto histories = run(GetParam(), question, sites);
        expect_success(histories);
        return histories;
    }
    [[nodiscard]] ExportedRows rows(DateGrouping grouping = DateGrouping::hour) const {
        return exported_rows(GetParam(), file(GetParam()), grouping);
    }
    [[nodiscard]] std::int64_t pageviews() const {
        std::int64_t sum = 0;
        for (const auto& [key, count] : rows()) sum += count;
        return sum;
    }
    [[nodiscard]] bool has_each_row_once() const {
        const ExportedRows found = rows();
        return std::ranges::all_of(found, [&](const auto& row) { return found.count(row.first) == 1; });
    }
    [[nodiscard]] std::int64_t count_at(const std::string& date, const std::string& path) const {
        const ExportedRows found = rows();
        const auto row = found.find({"SHOP", date, path});
        return row == found.end() ? 0 : row->second;
    }
};
INSTANTIATE_TEST_SUITE_P(Each, ExportedTo,
                         ::testing::Values(ExportFormat::sqlite, ExportFormat::csv, ExportFormat::json_lines),
                         [](const auto& each) { return std::string(ending_of(each.param) + 1); });

TEST_P(ExportedTo, HasEveryRowOfAllSitesOnce) {
    for (const char* site : {"SHOP", "BLOG"}) {
        add_site(site);
        add_days(site, today - 30 * 24h, 30, 20);
    }
    const auto histories = run_once({"SHOP", "BLOG"});
    EXPECT_EQ(pageviews(), 2 * 30 * 12 * (20 * 21 / 2));
    EXPECT_EQ(rows().size(), 2U * 30U * 12U * 20U);
    EXPECT_TRUE(has_each_row_once());
    EXPECT_EQ(histories[0].rows, 30 * 12 * 20);
    EXPECT_EQ(histories[0].place->until, local_days{today.time_since_epoch()} + 13h); // the end of the hour that is now
}

TEST_P(ExportedTo, AddsWhatIsNewAndReadsTheLastTwoDaysAgain) {
    add_site("SHOP");
    add_days("SHOP", today - 60 * 24h, 60, 3);
    run_once();
    const std::int64_t before = pageviews();
    add("SHOP", today - 47h, "/0", 100);  // arrived late
    add("SHOP", today - 72h, "/0", 1000); // too late
    add("SHOP", today + 13h, "/new", 7);
    set_now(today + 24h);
    emulator.clear_requests();
    run_once();
    EXPECT_EQ(pageviews(), before + 107);
    EXPECT_EQ(count_at("2026-06-15 13:00:00", "/new"), 7);
    EXPECT_TRUE(has_each_row_once());
    EXPECT_LE(emulator.request_count({.path = "/aggregations"}), 3U);
    for (const auto& request : emulator.requests({.path = "/aggregations"})) {
        EXPECT_GE(request.parameter("date_from").value_or(""), "2026-06-13") << request;
    }
}

TEST_P(ExportedTo, LosesNoRecentRowWhileItIsReplaced) {
    add_site("SHOP");
    add_days("SHOP", today - 10 * 24h, 10, 3);
    run_once();
    const ExportedRows before = rows();
    set_now(today + 5 * 24h);
    emulator.inject(testing::faults::status(403), {.times = 100, .only = {.path = "/aggregations"}});
    EXPECT_TRUE(run(GetParam(), by(DateGrouping::hour), {"SHOP"}).front().failure);
    EXPECT_EQ(rows(), before);
    emulator.clear_faults();
    run_once();
    EXPECT_EQ(rows(), before);
}

TEST_P(ExportedTo, GoesOnWhereverItWasStopped) {
    for (const char* site : {"SHOP", "BLOG"}) {
        add_site(site);
        add_days(site, today - 30 * 24h, 30, 40);
    }
    int runs = 0;
    std::int64_t written = 0;
    for (bool is_whole = false; !is_whole && runs < 100; ++runs) {
        const auto histories = run(GetParam(), by(DateGrouping::hour), {"SHOP", "BLOG"},
                                   [](const HistoryProgress& progress) { return progress.requests_made < 12; });
        is_whole = std::ranges::none_of(histories, [](const auto& history) { return history.failure != nullptr; });
        for (const ExportedHistory& history : histories) written += history.rows;
    }
    EXPECT_GT(runs, 2);
    EXPECT_TRUE(has_each_row_once());
    EXPECT_EQ(pageviews(), 2 * 30 * 12 * (40 * 41 / 2));
    EXPECT_LE(written,
              static_cast<std::int64_t>(rows().size()) + 2 * 2 * 12 * 40 * runs); // nothing but the last two days
}

TEST_P(ExportedTo, CountsWholeMonthsAgainAsTheyGrow) {
    add_site("SHOP");
    add("SHOP", today - 40 * 24h, "/a", 3);
    add("SHOP", today - 24h, "/a", 4);
    run_once({"SHOP"}, by(DateGrouping::month));
    add("SHOP", today + 20h, "/a", 5);
    set_now(today + 40 * 24h);
    run_once({"SHOP"}, by(DateGrouping::month));
    const ExportedRows wanted{{{"SHOP", "2026-05-01", "/a"}, 3}, {{"SHOP", "2026-06-01", "/a"}, 9}};
    EXPECT_EQ(rows(DateGrouping::month), wanted);
}

TEST_P(ExportedTo, CoversTheDaysThatAreNamed) {
    add_site("SHOP");
    add_days("SHOP", today - 20 * 24h, 20, 1);
    named_days.from = "2026-06-01";
    named_days.to = "2026-06-03";
    run_once({"SHOP"}, by(DateGrouping::day));
    const ExportedRows wanted{
        {{"SHOP", "2026-06-01", "/0"}, 12}, {{"SHOP", "2026-06-02", "/0"}, 12}, {{"SHOP", "2026-06-03", "/0"}, 12}};
    EXPECT_EQ(rows(DateGrouping::day), wanted);
    named_days.to = "2026-06-04";
    run_once({"SHOP"}, by(DateGrouping::day));
    EXPECT_EQ(rows(DateGrouping::day).size(), 4U);
    named_days.to = "2026-06-02"; // a file loses nothing
    run_once({"SHOP"}, by(DateGrouping::day));
    EXPECT_EQ(rows(DateGrouping::day).size(), 4U);
    named_days.from = "2026-05-30"; // there would be nothing between
    emulator.clear_requests();
    EXPECT_THROW(run_once({"SHOP"}, by(DateGrouping::day)), UsageError);
    EXPECT_EQ(emulator.request_count(), 0U);
}

TEST_P(ExportedTo, GetsSitesAddedLater) {
    for (const char* site : {"SHOP", "BLOG"}) {
        add_site(site);
        add_days(site, today - 10 * 24h, 10, 2);
    }
    run_once({"SHOP"});
    run_once({"BLOG"});
    EXPECT_EQ(rows().size(), 2U * 10U * 12U * 2U);
    EXPECT_TRUE(has_each_row_once());
}

TEST_P(ExportedTo, RefusesAnotherQuestion) {
    add_site("SHOP");
    add_days("SHOP", today - 10 * 24h, 10, 2);
    run_once();
    const std::string before = content_of(file(GetParam()));
    try {
        run_once({"SHOP"}, {.by = DateGrouping::hour, .metrics = {"visits"}, .fields = {"country_code"}});
        FAIL();
    } catch (const UsageError& error) {
        EXPECT_NE(std::string(error.what()).find("(--group pathname, --count pageviews)"), std::string::npos)
            << error.what();
    }
    EXPECT_EQ(content_of(file(GetParam())), before);
}

TEST_P(ExportedTo, RefusesAFileOfSomethingElse) {
    add_site("SHOP");
    add_days("SHOP", today - 10 * 24h, 10, 2);
    std::ofstream(file(GetParam())) << "my own notes\n";
    EXPECT_THROW(run_once(), UsageError);
    EXPECT_EQ(content_of(file(GetParam())), "my own notes\n");
}

TEST_P(ExportedTo, MakesNoFileWhereNobodyEverCame) {
    add_site("SHOP");
    const auto histories = run_once();
    EXPECT_EQ(histories.front().rows, 0);
    EXPECT_FALSE(std::filesystem::exists(file(GetParam())));
}

class Export : public ExportedSites {};

TEST_F(Export, LetsSitesGoOnInTurns) {
    add_site("LARGE");
    add_days("LARGE", today - 40 * 24h, 40, 60);
    for (const char* site : {"SMALL", "TINY"}) {
        add_site(site);
        add_days(site, today - 40 * 24h, 40, 1);
    }
    expect_success(run(ExportFormat::csv, by(DateGrouping::hour), {"LARGE", "SMALL", "TINY"}));
    std::map<std::string, int> counts;
    for (const auto& request : emulator.requests({.path = "/aggregations"})) {
        ++counts[request.parameter("entity_id").value_or("")];
        if (counts["TINY"] >= 8) continue; // the small ones come to their ends
        EXPECT_LE(counts["LARGE"], counts["TINY"] + 2);
        EXPECT_LE(counts["TINY"], counts["LARGE"] + 2);
        EXPECT_LE(counts["SMALL"], counts["TINY"] + 2);
    }
    EXPECT_GT(counts["LARGE"], 2 * counts["TINY"]);
}

TEST_F(Export, TakesAboutWhatIsForetold) {
    for (const auto& [site, paths] : {std::pair{"SHOP", 60}, {"BLOG", 1}}) {
        add_site(site);
        add_days(site, today - 45 * 24h, 45, paths);
    }
    const auto question = by(DateGrouping::hour);
    const auto foretold = forecast(client(), *open_store(ExportFormat::csv, file(ExportFormat::csv), question),
                                   settings(question), {{.site = "SHOP"}, {.site = "BLOG"}});
    EXPECT_EQ(emulator.request_count({.path = "/aggregations"}), 4U); // the months, and a week's rows
    EXPECT_FALSE(std::filesystem::exists(file(ExportFormat::csv)));
    const auto histories = run(ExportFormat::csv, question, {"SHOP", "BLOG"});
    for (std::size_t i : {0U, 1U}) {
        EXPECT_NEAR(static_cast<double>(foretold[i].requests), static_cast<double>(histories[i].requests),
                    0.2 * static_cast<double>(histories[i].requests));
    }
    emulator.clear_requests();
    const auto again = forecast(client(), *open_store(ExportFormat::csv, file(ExportFormat::csv), question),
                                settings(question), {{.site = "SHOP"}});
    EXPECT_LE(again.front().requests, 4);
}

TEST_F(Export, HasTheHourThatComesTwiceOnce) {
    emulator.add_site({.id = "SHOP", .timezone = "Europe/Berlin"});
    const sys_days sunday{2025y / October / 26}; // from three o'clock back to two
    add_days("SHOP", sunday - days{2}, 4, 150);
    for (int path = 0; path < 150; ++path) add("SHOP", sunday + 1h, "/" + std::to_string(path), 1);
    auto question = by(DateGrouping::hour);
    expect_success(run(ExportFormat::sqlite, question, {"SHOP"}));
    const ExportedRows rows = exported_rows(ExportFormat::sqlite, file(ExportFormat::sqlite), DateGrouping::hour);
    std::int64_t sum = 0;
    for (const auto& [key, count] : rows) sum += count;
    EXPECT_EQ(sum, 4 * 12 * (150 * 151 / 2) + 150);
}

TEST_F(Export, OfOneSiteFailsWithoutTheOthers) {
    add_site("SHOP");
    add_days("SHOP", today - 10 * 24h, 10, 2);
    const auto histories = run(ExportFormat::csv, by(DateGrouping::day), {"GONE", "SHOP"});
    EXPECT_TRUE(histories[0].failure);
    EXPECT_FALSE(histories[1].failure);
    EXPECT_EQ(histories[1].rows, 20);
}

TEST_F(Export, OfMoreSitesThanTheLimitHasPermits) {
    std::vector<std::string> sites;
    for (int i = 0; i < 25; ++i) {
        sites.push_back("SITE" + std::to_string(i));
        add_site(sites.back());
        add_days(sites.back(), today - 24h, 1, 1);
    }
    const auto histories = run(ExportFormat::csv, by(DateGrouping::day), sites);
    expect_success(histories);
    for (const ExportedHistory& history : histories) EXPECT_EQ(history.rows, 1) << history.subject.site;
}

TEST_F(Export, TellsHowFarItIs) {
    add_site("SHOP");
    add_days("SHOP", today - 60 * 24h, 60, 40);
    double part = 0;
    std::int64_t requests = 0;
    const auto histories = run(ExportFormat::csv, by(DateGrouping::hour), {"SHOP"}, [&](const HistoryProgress& now) {
        EXPECT_GE(now.part_done, part);
        EXPECT_GE(now.requests_made, requests);
        part = now.part_done;
        requests = now.requests_made;
        return true;
    });
    expect_success(histories);
    EXPECT_EQ(histories.front().requests, static_cast<std::int64_t>(emulator.request_count({.path = "/aggregations"})));
}

} // namespace
} // namespace fathom::cli
