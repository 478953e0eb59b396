// What creates, changes and destroys, and what lists it.
#include <fathom/testing/emulator.hpp>

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "command_line.hpp"

namespace fathom::cli {
namespace {

using namespace std::chrono_literals;

class Changes : public ::testing::Test {
protected:
    std::string done(const std::vector<std::string>& arguments, const std::string& input = {}) {
        const Ended ended = fathom.run(arguments, input);
        EXPECT_EQ(ended.code, ExitCode::done) << ended.err;
        return ended.out;
    }
    std::vector<std::string> sites() const { return emulator.site_ids(); }

    testing::Emulator emulator{
        {.dialect = testing::Dialect::live, .sample_data = testing::SampleData::none, .now = noon}};
    std::string shop =
        emulator.add_site({.id = "SHOP", .name = "The shop", .timezone = "Europe/Berlin", .created_at = noon});
    CommandLine fathom{emulator};
};

TEST_F(Changes, ListSites) {
    EXPECT_EQ(done({"sites", "list"}), "SHOP\tThe shop\tnone\tEurope/Berlin\t2026-11-20T12:00:00Z\t\t\n");
    fathom.width = 80;
    EXPECT_EQ(done({"sites", "list"}), "id    name      sharing  timezone       created_at\n"
                                       "SHOP  The shop  none     Europe/Berlin  2026-11-20T12:00:00Z\n");
    EXPECT_EQ(done({"sites", "get", "SHOP"}), "id          SHOP\n"
                                              "name        The shop\n"
                                              "sharing     none\n"
                                              "timezone    Europe/Berlin\n"
                                              "created_at  2026-11-20T12:00:00Z\n");
}

TEST_F(Changes, CreateAndChangeSites) {
    const std::string created = done({"sites", "create", "Blog", "--timezone", "Asia/Tokyo", "--jsonl"});
    EXPECT_NE(created.find(R"("name":"Blog","sharing":"none","timezone":"Asia/Tokyo")"), std::string::npos) << created;
    EXPECT_EQ(done({"sites", "update", "SHOP", "--name", "Store", "--fields", "id,name"}), "SHOP\tStore\n");
    EXPECT_EQ(done({"sites", "update", "SHOP", "--sharing", "private", "--password", "pw", "--fields", "sharing"}),
              "private\n");
}

TEST_F(Changes, DestroyASiteAfterItsNameIsTyped) {
    fathom.can_ask = true;
    const Ended other = fathom.run({"sites", "remove", "SHOP"}, "SHOP\n");
    EXPECT_EQ(other.code, ExitCode::usage);
    EXPECT_EQ(other.err, "Deleting the site SHOP cannot be undone. Type The shop to go on: "
                         "fathom: that is not The shop; nothing was changed\n");
    EXPECT_EQ(sites().size(), 1U);
    EXPECT_EQ(done({"sites", "remove", "SHOP"}, "The shop\n"), "");
    EXPECT_TRUE(sites().empty());
}

TEST_F(Changes, DestroyASiteWithoutANameAfterItsIdIsTyped) {
    fathom.can_ask = true;
    for (const std::string name : {"", "  \t"}) {
        const std::string id = emulator.add_site({.name = name});
        for (const std::string command : {"remove", "wipe"}) {
            for (const std::string& answer : {std::string(), std::string("\n"), name + "\n"}) {
                const Ended ended = fathom.run({"sites", command, id}, answer);
                EXPECT_EQ(ended.code, ExitCode::usage) << command;
                EXPECT_NE(ended.err.find("Type " + id + " to go on: "), std::string::npos) << ended.err;
            }
        }
        EXPECT_EQ(sites().size(), 2U);
        EXPECT_EQ(fathom.run({"sites", "wipe", id}, id + "\n").code, ExitCode::not_found)
            << "the service has retired it";
        EXPECT_EQ(done({"sites", "remove", id}, id + "\n"), "");
        EXPECT_EQ(sites().size(), 1U);
    }
}

TEST_F(Changes, DestroyASiteWhoseNameCannotBeTypedAfterItsIdIsTyped) {
    fathom.can_ask = true;
    const std::string id = emulator.add_site({.name = "Shop\033[2K\r\xc2\x9b"});
    const Ended ended = fathom.run({"sites", "remove", id}, "Shop\n");
    EXPECT_EQ(ended.err, "Deleting the site " + id + " cannot be undone. Type " + id +
                             " to go on: fathom: that is not " + id + "; nothing was changed\n");
    EXPECT_EQ(done({"sites", "remove", id}, id + "\n"), "");
}

TEST_F(Changes, DoNotSteerTheTerminalThatAsks) {
    fathom.can_ask = true;
    const Ended ended = fathom.run({"events", "remove", "SHOP", "a\033[2Kb"}, "other\n");
    EXPECT_EQ(ended.err, "Removing the event a [2Kb cannot be undone. Type a [2Kb to go on: "
                         "fathom: that is not a [2Kb; nothing was changed\n");
}

TEST_F(Changes, DestroyNothingWhereNothingIsTyped) {
    fathom.can_ask = true;
    for (const std::vector<std::string>& command : {std::vector<std::string>{"sites", "remove", "SHOP"},
                                                    {"events", "remove", "SHOP", ""},
                                                    {"raw", "DELETE", ""}}) {
        for (const std::string answer : {"", "\n"}) {
            const Ended ended = fathom.run(command, answer);
            EXPECT_EQ(ended.code, ExitCode::usage) << command.front();
            EXPECT_NE(ended.err.find("to go on: fathom: nothing was typed, and nothing was changed\n"),
                      std::string::npos)
                << ended.err;
        }
    }
    EXPECT_EQ(sites().size(), 1U);
}

TEST_F(Changes, DestroyNothingWhereNobodyCanBeAsked) {
    const Ended ended = fathom.run({"sites", "remove", "SHOP"});
    EXPECT_EQ(ended.code, ExitCode::usage);
    EXPECT_EQ(ended.err, "fathom: Deleting the site SHOP cannot be undone; add --yes where that is meant\n");
    EXPECT_EQ(emulator.request_count(), 0U);
    EXPECT_EQ(done({"sites", "remove", "SHOP", "--yes"}), "");
    EXPECT_TRUE(sites().empty());
}

TEST_F(Changes, AreToldAndNotMadeInADryRun) {
    const std::string address = emulator.base_url();
    EXPECT_EQ(done({"sites", "remove", "SHOP", "--dry-run"}),
              "DELETE " + address + "/sites/SHOP\n1 request of 2,000 an hour, billed like one pageview\n");
    EXPECT_EQ(done({"sites", "create", "Blog", "--sharing", "private", "--password", "pw", "--dry-run"}),
              "POST " + address + "/sites\n" + R"({"name":"Blog","sharing":"private","share_password":"***"})" +
                  "\n1 request of 2,000 an hour, billed like one pageview\n");
    EXPECT_EQ(emulator.request_count(), 0U);
}

TEST_F(Changes, AreToldWithTheRequestForTheNameThatIsToBeTyped) {
    fathom.can_ask = true;
    const std::string cost = "\n1 request of 2,000 an hour, billed like one pageview\n";
    const std::string site = emulator.base_url() + "/sites/SHOP";
    EXPECT_EQ(done({"sites", "remove", "SHOP", "--dry-run"}), "GET " + site + cost + "DELETE " + site + cost);
    EXPECT_EQ(done({"sites", "remove", "SHOP", "--dry-run", "--yes"}), "DELETE " + site + cost);
    EXPECT_EQ(emulator.request_count(), 0U);
}

TEST_F(Changes, AreNotMadeWhereTheCommandLineTurnsOutToBeWrong) {
    for (const std::vector<std::string>& command : {
             std::vector<std::string>{"sites", "create", "Twice", "--fields", "nosuch"},
             {"sites", "update", "SHOP", "--name", "Other", "--fields", "Name"},
             {"milestones", "create", "SHOP", "Launch", "--date", "2026-11-01", "--json=nam"},
             {"milestones", "update", "SHOP", "M", "--date", "2026-13-01"},
             {"milestones", "update", "SHOP", "M"},
             {"events", "list", "SHOP", "--fields", "nosuch"},
             {"visitors", "SHOP", "--pages", "--fields", "referrer"},
             {"visitors", "SHOP", "--watch", "--json"},
             {"report", "pageviews", "SHOP", "--fields", "nosuch"},
             {"export", "SHOP", "-o", (fathom.home() / "visits.csv").string(), "--fields", "nosuch"},
             {"export", "SHOP", "-o", (fathom.home() / "nowhere" / "visits.csv").string()},
             {"export", "SHOP", "-o", "/dev/null", "--format", "csv"},
         }) {
        const Ended ended = fathom.run(command);
        EXPECT_EQ(ended.code, ExitCode::usage) << command[0] << ' ' << command[1] << ": " << ended.err;
    }
    EXPECT_EQ(emulator.request_count(), 0U);
}

TEST_F(Changes, ShowNoPasswordInTheTitleOfAPage) {
    for (const char* option : {"--password", "--password="}) {
        std::vector<std::string> command{"sites", "create", "Blog", "--sharing", "private", "--html", option};
        if (std::string(option).ends_with('=')) {
            command.back() += "s3cret";
        } else {
            command.emplace_back("s3cret");
        }
        const std::string page = done(command);
        EXPECT_EQ(page.find("s3cret"), std::string::npos) << page;
        EXPECT_NE(page.find("<title>fathom sites create Blog"), std::string::npos) << page;
    }
}

TEST_F(Changes, OfMilestones) {
    const std::string id = done({"milestones", "create", "SHOP", "Launch", "--date", "2026-11-01", "--fields", "id"});
    const std::string without_line_end = id.substr(0, id.size() - 1);
    EXPECT_EQ(done({"milestones", "list", "SHOP", "--fields", "name,milestone_date"}), "Launch\t2026-11-01\n");
    EXPECT_EQ(done({"milestones", "update", "SHOP", without_line_end, "--name", "Relaunch", "--fields",
                    "name,milestone_date"}),
              "Relaunch\t2026-11-01\n");
    EXPECT_EQ(done({"milestones", "get", "SHOP", without_line_end, "--fields", "name"}), "Relaunch\n");
    EXPECT_EQ(done({"milestones", "remove", "SHOP", without_line_end, "--yes"}), "");
    EXPECT_EQ(done({"milestones", "list", "SHOP"}), "");
}

TEST_F(Changes, OfEvents) {
    (void)emulator.add_event("SHOP", {.name = "Purchase"});
    emulator.add_conversions("SHOP", "Purchase", {{.at = noon}});
    EXPECT_EQ(done({"events", "set-currency", "SHOP", "Purchase", "euro"}), "");
    EXPECT_EQ(done({"events", "list", "SHOP", "--fields", "name,currency"}), "Purchase\teuro\n");
    EXPECT_EQ(done({"events", "remove", "SHOP", "Purchase", "--yes"}), "");
}

TEST_F(Changes, ByARequestOfOnesOwn) {
    EXPECT_NE(done({"raw", "GET", "/sites", "--query", "limit=1"}).find(R"("id":"SHOP")"), std::string::npos);
    EXPECT_EQ(fathom.run({"raw", "DELETE", "/sites/SHOP"}).code, ExitCode::usage);
    EXPECT_EQ(fathom.run({"raw", "DELETE", "/sites/SHOP", "--yes"}).code, ExitCode::done);
    EXPECT_TRUE(sites().empty());
}

TEST_F(Changes, CountVisitorsNow) {
    emulator.set_current_visitors("SHOP", {{.total = 3, .pathname = "/a"}, {.total = 1, .pathname = "/b"}});
    EXPECT_EQ(done({"visitors", "SHOP"}), "4\n");
    EXPECT_EQ(done({"visitors", "SHOP", "--pages", "--fields", "pathname,total"}), "/a\t3\n/b\t1\n");
    EXPECT_EQ(done({"visitors", "SHOP", "--referrers", "--fields", "total"}), "");
}

TEST_F(Changes, LeaveTheQuotaThatAllRunsShare) {
    (void)done({"visitors", "SHOP"});
    (void)done({"sites", "list"});
    EXPECT_EQ(done({"quota", "--fields", "requests,free,of"}), "reports\t9\t10\nall others\t1999\t2000\n");
    EXPECT_EQ(done({"quota", "--fields", "waiting"}), "0\n0\n");
}

TEST_F(Changes, ShareWhatTheEnvironmentSaysOfTheLimit) {
    fathom.variables["FATHOM_REPORTS_PER_MINUTE"] = "3";
    (void)done({"visitors", "SHOP"});
    EXPECT_EQ(done({"quota", "--fields", "requests,free,of"}), "reports\t2\t3\nall others\t2000\t2000\n");
    fathom.variables["FATHOM_LIMIT_FILE"] = (fathom.home() / "limit").string();
    EXPECT_EQ(done({"quota", "--fields", "free"}), "3\n2000\n") << "the limit of others";
    EXPECT_TRUE(std::filesystem::exists(fathom.home() / "limit"));
    fathom.variables["FATHOM_REPORTS_PER_MINUTE"] = "few";
    const Ended ended = fathom.run({"quota"});
    EXPECT_EQ(ended.code, ExitCode::usage);
    EXPECT_EQ(ended.err, "fathom: FATHOM_REPORTS_PER_MINUTE: few is no number from 1 to 1000000\n");
}

TEST_F(Changes, AreLimitedByANumberThatCanBeCountedWith) {
    for (const char* number : {"0", "-1", "1000001", "4294967297", "99999999999999999999999"}) {
        fathom.variables["FATHOM_REPORTS_PER_MINUTE"] = number;
        EXPECT_EQ(fathom.run({"quota"}).code, ExitCode::usage) << number;
    }
}

TEST_F(Changes, HaveNoQuotaWhereTheFileOfTheLimitCannotBeUsed) {
    const std::filesystem::path text = fathom.home() / "letter.txt";
    std::ofstream(text) << "Dear Sir or Madam\n";
    for (const std::string& file : {text.string(), (fathom.home() / "nowhere" / "limit").string()}) {
        fathom.variables["FATHOM_LIMIT_FILE"] = file;
        const Ended quota = fathom.run({"quota"});
        const Ended call = fathom.run({"sites", "list"});
        EXPECT_NE(quota.code, ExitCode::done) << file;
        EXPECT_EQ(quota.out, "") << file;
        EXPECT_EQ(quota.code, call.code) << file;
        EXPECT_EQ(quota.err, call.err) << file;
    }
    EXPECT_EQ(std::filesystem::file_size(text), 18U) << "it is left as it is";
}

TEST_F(Changes, SayWhatToSetWhereTheHomeCannotBeWrittenTo) {
    const std::filesystem::path file = fathom.home() / "file"; // in which no folder can be made, by root neither
    std::ofstream(file) << "x";
    fathom.variables["HOME"] = file.string();
    const Ended ended = fathom.run({"sites", "list"});
    EXPECT_EQ(ended.code, ExitCode::usage);
    EXPECT_EQ(ended.err.find("filesystem error"), std::string::npos) << ended.err;
    EXPECT_NE(ended.err.find("; set XDG_STATE_HOME to a folder that can be written to, or FATHOM_LIMIT_FILE to a file "
                             "in one\n"),
              std::string::npos)
        << ended.err;
    fathom.variables["XDG_STATE_HOME"] = fathom.home().string();
    EXPECT_EQ(fathom.run({"sites", "list"}).code, ExitCode::done);
}

} // namespace
} // namespace fathom::cli
