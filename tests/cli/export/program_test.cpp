// The program itself: killed at moments that nobody chose, and interrupted.
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include <fathom/client.hpp>
#include <fathom/testing/client_options.hpp>
#include <fathom/testing/emulator.hpp>

#include "exported_rows.hpp"
#include "support/child_process.hpp"

namespace fathom::cli {
namespace {

using namespace std::chrono;

class ExportProgram : public ::testing::TestWithParam<ExportFormat> {
protected:
    ExportProgram() { std::filesystem::create_directories(folder); }
    ~ExportProgram() override { std::filesystem::remove_all(folder); }

    void add(const std::string& site, sys_seconds hour, const std::string& path, std::int64_t pageviews) {
        visits.push_back({.at = hour + 5min, .traits = {.pathname = path}, .pageviews = pageviews});
        const local_seconds time{hour.time_since_epoch()};
        wanted.emplace(ExportedKey{site, bucket_text(time, DateGrouping::hour), path}, pageviews);
    }
    void add_site(const std::string& site, int days_of_visits) {
        emulator.add_site({.id = site, .name = site, .timezone = "UTC"});
        const sys_days first = today - days{days_of_visits};
        for (int hour = 0; hour < days_of_visits * 24; hour += 3) {
            for (int i = 0; i < 12; ++i) add(site, first + hours{hour}, "/a \"page\", " + std::to_string(i), i + 1);
        }
        flush(site);
    }
    void flush(const std::string& site) {
        emulator.add_pageviews(site, visits);
        visits.clear();
    }

    /// A limit of its own for each run, so that none waits for a minute.
    [[nodiscard]] std::vector<std::string> environment() {
        return {"HOME=" + folder.string(), "XDG_STATE_HOME=" + (folder / std::to_string(++runs)).string(),
                "FATHOM_API_KEY=" + emulator.api_key(), "FATHOM_BASE_URL=" + emulator.base_url(), "no_proxy=127.0.0.1"};
    }
    [[nodiscard]] std::vector<std::string> command() const {
        return {FATHOM_CLI, "export",   "ONE",     "TWO",       "THREE", "--by",         "hour",
                "--group",  "pathname", "--count", "pageviews", "-o",    file().string()};
    }
    [[nodiscard]] ChildProcess start() {
        std::vector<std::string> words{"/usr/bin/env", "-i"};
        for (const std::string& each : environment()) words.push_back(each);
        for (const std::string& word : command()) words.push_back(word);
        emulator.clear_requests();
        return ChildProcess(words, {.out = folder / "out", .error = folder / "error"});
    }
    /// Until so many requests have come, or its end.
    void await(const ChildProcess& child, std::size_t requests) const {
        const auto give_up_at = steady_clock::now() + 60s;
        while (!child.has_ended() && steady_clock::now() < give_up_at) {
            if (emulator.wait_for_requests(requests, 1ms)) return;
        }
    }
    [[nodiscard]] std::filesystem::path file() const { return folder / ("file" + std::string(ending_of(GetParam()))); }
    void remove_file() const {
        for (const char* ending : {"", ".place", ".place.new", "-journal"}) {
            std::filesystem::remove(file().string() + ending);
        }
    }
    [[nodiscard]] std::string error() const { return content_of(folder / "error"); }
    void expect_every_row_once() const {
        const ExportedRows found = exported_rows(GetParam(), file(), DateGrouping::hour);
        EXPECT_TRUE(found == wanted) << found.size() << " rows of " << wanted.size();
        expect_totals_of_the_service(found);
    }
    /// What one ungrouped report of each site counts: by another way through the service than the export's.
    void expect_totals_of_the_service(const ExportedRows& found) const {
        ClientOptions options = testing::client_options(emulator);
        options.limits.reports.requests = 1000; // so that this waits for none
        const Client client(options);
        for (const char* site : {"ONE", "TWO", "THREE"}) {
            std::int64_t exported = 0;
            for (const auto& [key, pageviews] : found) exported += std::get<0>(key) == site ? pageviews : 0;
            const auto report =
                client.aggregations().pageviews(SiteId(site), {.aggregates = {PageviewMetric::pageviews}});
            EXPECT_EQ(exported, report.value().rows().front().pageviews) << site;
        }
    }
    /// Kills it a moment after so many requests. @return whether the program came to its end before
    bool runs_until_it_is_killed(int requests, microseconds after) {
        ChildProcess child = start();
        await(child, static_cast<std::size_t>(requests));
        if (!child.has_ended()) std::this_thread::sleep_for(after); // the moment of the kill: any will do
        child.kill();
        const int code = child.wait();
        EXPECT_TRUE(code == 0 || code == 128 + SIGKILL) << code << ": " << error();
        return code == 0;
    }

    /// The zones of three sites, and as many reports as the limit lets through: with three under way, one at least is kept.
    static constexpr int requests_of_a_run = 3 + 10;
    const sys_days today = floor<days>(system_clock::now());
    testing::Emulator emulator{
        {.dialect = testing::Dialect::live, .sample_data = testing::SampleData::none, .limits = {.enforced = false}}};
    std::vector<testing::EmulatedPageviews> visits{};
    const ExportQuestion question{.by = DateGrouping::hour, .metrics = {"pageviews"}, .fields = {"pathname"}};
    ExportedRows wanted{};
    int runs = 0;
    const std::filesystem::path folder =
        std::filesystem::path(::testing::TempDir()) / ("fathom_export_program_" + std::to_string(::getpid()));
};
INSTANTIATE_TEST_SUITE_P(Each, ExportProgram,
                         ::testing::Values(ExportFormat::sqlite, ExportFormat::csv, ExportFormat::json_lines),
                         [](const auto& each) { return std::string(ending_of(each.param) + 1); });

TEST_P(ExportProgram, HasEachRowOnceHoweverOftenItIsKilled) {
    const char* const given =
        std::getenv("FATHOM_EXPORT_KILLS"); // NOLINT(concurrency-mt-unsafe): nobody sets it meanwhile
    const int wanted_kills = given == nullptr ? 15 : std::stoi(given);
    for (const char* site : {"ONE", "TWO", "THREE"}) add_site(site, 30);
    // An hour with more paths than a report has rows.
    for (int i = 0; i < 1'100; ++i) add("ONE", today - days{12}, "/item/" + std::to_string(i * 7919 % 90'000), 1);
    flush("ONE");
    std::minstd_rand random(static_cast<unsigned>(GetParam()) + 1);
    const auto any_up_to = [&](int most) { return std::uniform_int_distribution(0, most)(random); };
    int kills = 0;
    int exports = 0;
    for (; kills < wanted_kills && !HasFailure(); ++exports) {
        remove_file();
        // In the end it is killed where it would wait a minute for the limit, so that the test comes to its end, too.
        for (int here = 0;; ++here) {
            const int requests = here < 40 && kills < wanted_kills ? any_up_to(requests_of_a_run) : requests_of_a_run;
            if (runs_until_it_is_killed(requests, microseconds{any_up_to(20'000)})) break;
            ++kills;
            ASSERT_LT(here, 200) << error();
            EXPECT_NO_THROW((void)open_store(GetParam(), file(), question));
        }
        expect_every_row_once();
    }
    std::cout << "killed " << kills << " times in " << exports << " exports\n";

    add("TWO", today - days{1} + 1h, "/late", 5);
    flush("TWO");
    EXPECT_EQ(start().wait(), 0) << error();
    expect_every_row_once();
    EXPECT_LE(emulator.request_count({.path = "/aggregations"}), 3U * 3U);
}

TEST_P(ExportProgram, NamesNoFileThatIsNotThereWhenItIsInterrupted) {
    for (const char* site : {"ONE", "TWO", "THREE"}) add_site(site, 1);
    emulator.inject(testing::faults::delay(10min), {.times = 1000});
    ChildProcess child = start();
    await(child, 1);
    ::kill(child.id(), SIGINT);
    EXPECT_EQ(child.wait(), 130) << error();
    const bool is_named = error().find(file().string()) != std::string::npos;
    EXPECT_TRUE(!is_named || std::filesystem::exists(file())) << error();
    EXPECT_NE(error().find("Run the same command again to go on."), std::string::npos) << error();
}

TEST_P(ExportProgram, EndsWithinAMomentOnCtrlCAndGoesOn) {
    add_site("ONE", 120);
    for (const char* site : {"TWO", "THREE"}) add_site(site, 5);
    int interrupted = 0;
    while (interrupted < 50 && !HasFailure()) {
        ChildProcess child = start();
        await(child, requests_of_a_run); // then it waits for the limit, or is about to
        const auto begin = steady_clock::now();
        ::kill(child.id(), SIGINT);
        const int code = child.wait();
        EXPECT_LT(steady_clock::now() - begin, 20s); // not the minute that the limit would take
        if (code == 0) break;
        ASSERT_EQ(code, 130) << error();
        EXPECT_NE(error().find("Run the same command again to go on."), std::string::npos) << error();
        ++interrupted;
    }
    EXPECT_GE(interrupted, 1);
    expect_every_row_once();
}

} // namespace
} // namespace fathom::cli
