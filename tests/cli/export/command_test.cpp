// fathom export as a person writes it.
#include <fathom/client.hpp>
#include <fathom/testing/client_options.hpp>
#include <fathom/testing/emulator.hpp>

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "../command_line.hpp"
#include "exported_rows.hpp"

namespace fathom::cli {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::sys_days june = 2024y / std::chrono::June / 1;

class ExportCommand : public ::testing::Test {
protected:
    ExportCommand() {
        add_site("SHOP");
        add_site("BLOG");
    }
    void add_site(const std::string& id) {
        emulator.add_site({.id = id, .name = id, .timezone = "UTC", .created_at = june - 100 * 24h});
        for (int day = 0; day < 3; ++day) {
            emulator.add_pageviews(id, {{.at = june + day * 24h + 5h,
                                         .traits = {.pathname = "/a"},
                                         .visits = 2,
                                         .uniques = 1,
                                         .pageviews = day + 3}});
        }
    }
    /// Of the first two days of June.
    Ended run(std::vector<std::string> more, const std::string& name = "file.csv") {
        std::vector<std::string> command{"export", "--from", "2024-06-01", "--to", "2024-06-02", "-o", path(name)};
        command.insert(command.end(), more.begin(), more.end());
        return fathom.run(std::move(command));
    }
    [[nodiscard]] std::string path(const std::string& name) const { return (fathom.home() / name).string(); }
    [[nodiscard]] std::string content(const std::string& name = "file.csv") const {
        return content_of(fathom.home() / name);
    }

    testing::Emulator emulator{
        {.dialect = testing::Dialect::live, .sample_data = testing::SampleData::none, .limits = {.enforced = false}}};
    CommandLine fathom{emulator};
};

TEST_F(ExportCommand, WritesRowsAndTellsHowMany) {
    const Ended ended = run({"SHOP", "BLOG"});
    EXPECT_EQ(ended.code, ExitCode::done) << ended.err;
    EXPECT_EQ(ended.out, "SHOP\t2\t2024-06-01\t2024-06-03 00:00:00\t1\n"
                         "BLOG\t2\t2024-06-01\t2024-06-03 00:00:00\t1\n");
    EXPECT_EQ(ended.err, "");
    EXPECT_TRUE(content().starts_with("site_id,date,visits,uniques,pageviews\r\n")) << content();
    for (const char* site : {"SHOP", "BLOG"}) {
        const std::string rows = std::string(site) + ",2024-06-01,2,1,3\r\n" + site + ",2024-06-02,2,1,4\r\n";
        EXPECT_NE(content().find(rows), std::string::npos) << content();
    }
}

TEST_F(ExportCommand, ShowsATableOnATerminal) {
    fathom.width = 80;
    EXPECT_EQ(run({"SHOP"}).out, "site_id  rows  from        until                requests\n"
                                 "SHOP        2  2024-06-01  2024-06-03 00:00:00         1\n");
}

TEST_F(ExportCommand, TellsProgramsInJson) {
    EXPECT_EQ(run({"SHOP", "--json", "--fields", "site_id,rows"}).out, "[\n{\"site_id\":\"SHOP\",\"rows\":2}\n]\n");
}

TEST_F(ExportCommand, TakesAllSites) {
    const Ended ended = run({"--all-sites", "--by", "hour"}, "file.jsonl");
    EXPECT_EQ(ended.code, ExitCode::done) << ended.err;
    const std::string row = R"("date":"2024-06-01 05:00:00","visits":2,"uniques":1,"pageviews":3})"
                            "\n";
    for (const char* site : {"SHOP", "BLOG"}) {
        EXPECT_NE(content("file.jsonl").find("{\"site_id\":\"" + std::string(site) + "\"," + row), std::string::npos);
    }
}

TEST_F(ExportCommand, TakesGroupsMetricsAndConditions) {
    emulator.add_pageviews("SHOP", {{.at = june, .traits = {.pathname = "/b", .country_code = "DE"}}});
    EXPECT_EQ(run({"--group", "pathname,country_code", "--count", "pageviews,bounce_rate", "--timezone", "UTC",
                   "--where", "country_code=DE", "SHOP"})
                  .code,
              ExitCode::done);
    EXPECT_EQ(content(), "site_id,date,pathname,country_code,pageviews,bounce_rate\r\nSHOP,2024-06-01,/b,DE,1,0\r\n");
}

TEST_F(ExportCommand, TakesEvents) {
    for (const char* name : {"Purchase", "Signed up"}) {
        (void)emulator.add_event("SHOP", {.name = name});
        emulator.add_conversions("SHOP", name,
                                 {{.at = june, .conversions = 3, .unique_conversions = 2, .value_in_cents = 500}});
    }
    const Ended ended = run({"--event", "Purchase", "--event", "Signed up", "SHOP"});
    EXPECT_EQ(ended.code, ExitCode::done) << ended.err;
    EXPECT_NE(ended.out.find("SHOP\tSigned up\t1\t"), std::string::npos) << ended.out;
    EXPECT_TRUE(content().starts_with("site_id,event,date,conversions,unique_conversions,value\r\n")) << content();
    EXPECT_NE(content().find("SHOP,Purchase,2024-06-01,3,2,500\r\n"), std::string::npos) << content();
    EXPECT_NE(content().find("SHOP,Signed up,2024-06-01,3,2,500\r\n"), std::string::npos) << content();
}

TEST_F(ExportCommand, TellsWhatItWouldTake) {
    const Ended plain = run({"SHOP", "BLOG", "--dry-run"});
    EXPECT_EQ(plain.code, ExitCode::done) << plain.err;
    EXPECT_EQ(plain.out, "SHOP\t2024-06-01\t2024-06-02\t1\nBLOG\t2024-06-01\t2024-06-02\t1\n");
    EXPECT_EQ(plain.err, "2 requests at 10 a minute, each billed like one pageview: 0 s. Nothing was written; to tell "
                         "this took 4 requests.\n");
    const Ended grouped = run({"SHOP", "--dry-run", "--group", "pathname"});
    EXPECT_EQ(grouped.err,
              "About 1 request at 10 a minute, each billed like one pageview: 0 s. Nothing was written; to "
              "tell this took 3 requests.\n");
    EXPECT_FALSE(std::filesystem::exists(path("file.csv")));
    EXPECT_FALSE(std::filesystem::exists(path("file.csv.place")));
}

TEST_F(ExportCommand, RefusesWhatCannotBeMeantBeforeAnyRequest) {
    for (const std::vector<std::string>& wrong : std::vector<std::vector<std::string>>{
             {"export", "-o", path("file.csv")},
             {"export", "SHOP"},
             {"export", "SHOP", "-o", path("file.txt")},
             {"export", "SHOP", "--all-sites", "-o", path("file.csv")},
             {"export", "SHOP", "-o", path("file.csv"), "--by", "year"},
             {"export", "SHOP", "-o", path("file.csv"), "--where", "nonsense"},
             {"export", "SHOP", "-o", path("file.csv"), "--last", "nonsense"},
             {"export", "SHOP", "-o", path("file.csv"), "--all", "--today"},
             {"export", "SHOP", "-o", path("file.csv"), "--event", ""},
         }) {
        const Ended ended = fathom.run(wrong);
        EXPECT_EQ(ended.code, ExitCode::usage) << ::testing::PrintToString(wrong);
        EXPECT_NE(ended.err, "");
    }
    EXPECT_EQ(emulator.request_count(), 0U);
}

TEST_F(ExportCommand, LeavesFilesBesideItsOwnAlone) {
    std::ofstream(path("file.csv.new")) << "somebody's";
    EXPECT_EQ(fathom.run({"export", "SHOP", "-o", path("file.csv")}).code, ExitCode::done);
    EXPECT_EQ(content_of(path("file.csv.new")), "somebody's");
}

TEST_F(ExportCommand, NamesTheSiteThatFails) {
    const Ended ended = run({"SHOP", "GONE"});
    EXPECT_EQ(ended.code, ExitCode::not_found);
    EXPECT_TRUE(ended.err.starts_with("fathom: GONE: ")) << ended.err;
    EXPECT_TRUE(ended.err.ends_with("What has come is in " + path("file.csv") + ".\n")) << ended.err;
    EXPECT_NE(content().find("SHOP,2024-06-01,2,1,3\r\n"), std::string::npos) << content();
}

TEST_F(ExportCommand, RefusesToGoOnInAnotherTimeZone) {
    EXPECT_EQ(run({"SHOP"}).code, ExitCode::done);
    const std::string before = content();
    const Client client{testing::client_options(emulator)};
    ASSERT_TRUE(client.sites().update(SiteId{"SHOP"}, {.timezone = "Pacific/Auckland"}));
    const Ended ended = run({"SHOP"});
    EXPECT_EQ(ended.code, ExitCode::failed);
    EXPECT_TRUE(
        ended.err.starts_with("fathom: SHOP: the site SHOP has another time zone than when its rows were fetched"))
        << ended.err;
    EXPECT_EQ(ended.err.find("Run the same command again"), std::string::npos) << ended.err;
    EXPECT_EQ(content(), before);
}

TEST_F(ExportCommand, CallsNoCommandLineWrongThatHasWrittenRows) {
    const auto usage = run({"SHOP", "--timezone", "Mars/Olympus"});
    EXPECT_EQ(usage.code, ExitCode::usage) << usage.err;
    EXPECT_EQ(usage.err.find("ClientOptions"), std::string::npos) << usage.err;
}

TEST_F(ExportCommand, RefusesAFileOfAnotherQuestion) {
    EXPECT_EQ(run({"SHOP"}).code, ExitCode::done);
    const std::string before = content();
    emulator.clear_requests();
    const Ended ended = run({"SHOP", "--group", "pathname"});
    EXPECT_EQ(ended.code, ExitCode::usage);
    EXPECT_EQ(ended.err, "fathom: " + path("file.csv") +
                             " is an export of something else (without --group); name another file, or the options of "
                             "that export\n");
    EXPECT_EQ(content(), before);
    EXPECT_EQ(emulator.request_count(), 0U);
}

TEST_F(ExportCommand, RefusesAFileOfAnotherFormat) {
    const std::string csv = "csv";
    const std::string json_lines = "jsonl";
    for (const auto& [first, second] : {std::pair(csv, json_lines), std::pair(json_lines, csv)}) {
        const std::string name = "file." + first;
        EXPECT_EQ(run({"SHOP"}, name).code, ExitCode::done);
        const std::string before = content(name);
        for (const std::string site : {"SHOP", "BLOG"}) {
            const Ended ended = run({site, "--format", second}, name);
            EXPECT_EQ(ended.code, ExitCode::usage) << first << ' ' << site;
            EXPECT_EQ(ended.err, "fathom: " + path(name) + " is an export of something else (--format " + first +
                                     "); name another file, or the options of that export\n");
            EXPECT_EQ(content(name), before) << site;
        }
    }
}

TEST_F(ExportCommand, HasHelp) {
    const std::string help = fathom.run({"export", "--help"}).out;
    for (const char* option : {"SITE", "--all-sites", "-o,--output", "--format", "--event", "--count", "--by",
                               "--group", "--where", "--timezone", "--last", "--from", "--to"}) {
        EXPECT_NE(help.find(option), std::string::npos) << option;
    }
    EXPECT_NE(fathom.run({"complete", "--", "export"}).out.find("--all-sites\n"), std::string::npos);
}

} // namespace
} // namespace fathom::cli
