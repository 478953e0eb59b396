// What is in the file when a program dies, and what is never written over.
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "cli/exit_code.hpp"
#include "cli/export/store.hpp"
#include "exported_rows.hpp"

namespace fathom::cli {
namespace {

using namespace std::chrono;

class Stores : public ::testing::Test {
protected:
    static constexpr local_days first{year{2026} / 6 / 1};

    Stores() { std::filesystem::create_directories(folder); }
    ~Stores() override { std::filesystem::remove_all(folder); }

    [[nodiscard]] static ExportPiece piece(int day, const Cell& path, std::int64_t count) {
        return {.from = first + days{day},
                .until = first + days{day + 1},
                .rows = {{.time = first + days{day}, .cells = {path, count, 0.1}}}};
    }
    [[nodiscard]] static StoredPlace place(int day) {
        return {.begin = first, .place = "place", .settled_until = first + days{day}, .until = first + days{day}};
    }
    [[nodiscard]] std::unique_ptr<ExportStore> open(const std::string& name) const {
        return open_store(export_format(std::nullopt, name), folder / name, question);
    }
    [[nodiscard]] std::string content(const std::string& name) const { return content_of(folder / name); }

    const ExportQuestion question{.metrics = {"pageviews", "bounce_rate"}, .fields = {"pathname"}};
    const ExportSubject shop{.site = "SHOP"};
    const std::filesystem::path folder =
        std::filesystem::path(::testing::TempDir()) / ("fathom_stores_" + std::to_string(::getpid()));
};

TEST_F(Stores, WriteCsv) {
    const auto store = open("a.csv");
    store->put(shop, piece(0, std::string("/a, \"b\""), 1), place(1), Permanence::settled);
    store->put(shop, piece(1, std::string(), 2), place(2), Permanence::settled);
    store->put(shop, piece(2, Cell(), 3), place(3), Permanence::recent);
    EXPECT_EQ(content("a.csv"), "site_id,date,pathname,pageviews,bounce_rate\r\n"
                                "SHOP,2026-06-01,\"/a, \"\"b\"\"\",1,0.1\r\n"
                                "SHOP,2026-06-02,\"\",2,0.1\r\n"
                                "SHOP,2026-06-03,,3,0.1\r\n");
}

TEST_F(Stores, WriteJsonLines) {
    const auto store = open("a.jsonl");
    store->put(shop, piece(0, std::string("/\"ü\n"), 1), place(1), Permanence::settled);
    store->put(shop, piece(1, Cell(), 2), place(2), Permanence::recent);
    EXPECT_EQ(content("a.jsonl"),
              R"({"site_id":"SHOP","date":"2026-06-01","pathname":"/\"ü\n","pageviews":1,"bounce_rate":0.1})"
              "\n"
              R"({"site_id":"SHOP","date":"2026-06-02","pathname":null,"pageviews":2,"bounce_rate":0.1})"
              "\n");
}

TEST_F(Stores, WriteATableWithAnIndex) {
    open("a.db")->put(shop, piece(0, Cell(), 1), place(1), Permanence::settled);
    Database database(folder / "a.db");
    Statement schema(database, "SELECT sql FROM sqlite_master WHERE name = 'pageviews'");
    ASSERT_TRUE(schema.step());
    EXPECT_EQ(schema.text(0), "CREATE TABLE pageviews (site_id TEXT NOT NULL, date TEXT NOT NULL, \"pathname\" TEXT, "
                              "\"pageviews\" INTEGER, \"bounce_rate\" REAL)");
    Statement index(database, "SELECT sql FROM sqlite_master WHERE name = 'pageviews_in_order'");
    ASSERT_TRUE(index.step());
    EXPECT_EQ(index.text(0), "CREATE INDEX pageviews_in_order ON pageviews (site_id, date, \"pathname\")");
    Statement row(database, "SELECT pathname, typeof(pageviews), typeof(bounce_rate) FROM pageviews");
    ASSERT_TRUE(row.step());
    EXPECT_TRUE(row.is_null(0));
    EXPECT_EQ(row.text(1) + " " + row.text(2), "integer real");
}

TEST_F(Stores, KeepRowsWhoseTextsAreAlikeHereAndDifferAtTheService) {
    const Cell path = std::string("/\uFFFD");
    ExportPiece alike = piece(0, path, 1);
    alike.rows.push_back(alike.rows.front());
    for (const char* name : {"a.csv", "a.jsonl", "a.db"}) {
        open(name)->put(shop, alike, place(1), Permanence::settled);
        EXPECT_EQ(exported_rows(export_format(std::nullopt, name), folder / name, DateGrouping::day).size(), 2U)
            << name;
    }
}

TEST_F(Stores, ReplaceWhatIsRecent) {
    for (const char* name : {"a.csv", "a.jsonl", "a.db"}) {
        const auto store = open(name);
        for (int count : {1, 2}) store->put(shop, piece(0, std::string("/"), count), place(1), Permanence::recent);
        store->put({.site = "BLOG"}, piece(0, std::string("/"), 7), place(1), Permanence::recent);
        store->put(shop, piece(0, std::string("/"), 3), place(1), Permanence::settled);
        const ExportedRows wanted{{{"SHOP", "2026-06-01", "/"}, 3}, {{"BLOG", "2026-06-01", "/"}, 7}};
        EXPECT_EQ(exported_rows(export_format(std::nullopt, name), folder / name, DateGrouping::day), wanted) << name;
    }
}

TEST_F(Stores, RememberPlaces) {
    for (const char* name : {"a.csv", "a.jsonl", "a.db"}) {
        open(name)->put(shop, piece(0, std::string("/"), 1), place(1), Permanence::settled);
        open(name)->put({.site = "BLOG"}, piece(0, std::string("/"), 1), {.begin = first}, Permanence::recent);
        const std::map<ExportSubject, StoredPlace> wanted{{shop, place(1)}, {{.site = "BLOG"}, {.begin = first}}};
        EXPECT_EQ(open(name)->places(), wanted) << name;
    }
}

TEST_F(Stores, UndoWhatADyingProgramLeft) {
    open("a.csv")->put(shop, piece(0, std::string("/"), 1), place(1), Permanence::settled);
    open("a.csv")->put(shop, piece(1, std::string("/"), 2), place(2), Permanence::recent);
    const std::string whole = content("a.csv");
    for (const std::string& torn : {whole + "SHOP,2026-", whole.substr(0, whole.size() - 5),
                                    whole.substr(0, whole.size() - 5) + "more,of it\r\n"}) {
        std::ofstream(folder / "a.csv", std::ios::binary) << torn;
        open("a.csv")->prepare();
        EXPECT_EQ(content("a.csv"), whole);
    }
}

TEST_F(Stores, BeginAnewWhereNothingWasWrittenYet) {
    for (const char* name : {"a.csv", "a.jsonl", "a.db"}) {
        std::ofstream(folder / name) << "";
        const auto store = open(name);
        store->prepare();
        store->put(shop, piece(0, std::string("/"), 1), place(1), Permanence::settled);
        EXPECT_EQ(exported_rows(export_format(std::nullopt, name), folder / name, DateGrouping::day).size(), 1U);
    }
}

TEST_F(Stores, LeaveAFileAloneThatOthersHaveChanged) {
    open("a.csv")->put(shop, piece(0, std::string("/"), 1), place(1), Permanence::settled);
    const std::string whole = content("a.csv");
    std::string other = whole;
    other[other.size() - 4] = '7';
    for (const std::string& changed : {whole.substr(0, 50), other, std::string()}) {
        std::ofstream(folder / "a.csv", std::ios::binary) << changed;
        EXPECT_THROW((void)open("a.csv"), UsageError);
        EXPECT_EQ(content("a.csv"), changed);
    }
}

TEST_F(Stores, LeaveAForeignPlaceAlone) {
    std::ofstream(folder / "a.csv.place") << "my own";
    EXPECT_THROW((void)open("a.csv"), UsageError);
    EXPECT_EQ(content("a.csv.place"), "my own");
}

TEST_F(Stores, LeaveADatabaseOfSomethingElseAlone) {
    Database(folder / "a.db").run("CREATE TABLE pageviews (site_id TEXT)");
    const std::string before = content("a.db");
    EXPECT_THROW((void)open("a.db"), UsageError);
    EXPECT_EQ(content("a.db"), before);
}

TEST_F(Stores, AreWrittenByOneExportAtATime) {
    const auto store = open("a.csv");
    store->put(shop, piece(0, std::string("/"), 1), place(1), Permanence::settled);
    EXPECT_THROW(open("a.csv")->prepare(), UsageError);
}

TEST_F(Stores, AreBegunByOneExportAtATime) {
    const auto store = open("new.csv");
    store->prepare();
    EXPECT_THROW(open("new.csv")->prepare(), UsageError);
    const auto database = open("new.db");
    const auto other = open("new.db");
    database->put(shop, piece(0, std::string("/"), 1), place(1), Permanence::settled);
    EXPECT_THROW(other->put(shop, piece(0, std::string("/"), 1), place(1), Permanence::settled), UsageError);
}

TEST_F(Stores, LeaveNothingBehindWhereNothingCame) {
    open("new.csv")->prepare();
    open("new.db")->prepare();
    EXPECT_TRUE(std::filesystem::is_empty(folder));
}

TEST(ExportFormats, AreKnownByTheirEndings) {
    EXPECT_EQ(export_format(std::nullopt, "a.sqlite"), ExportFormat::sqlite);
    EXPECT_EQ(export_format(std::nullopt, "a.db"), ExportFormat::sqlite);
    EXPECT_EQ(export_format(std::nullopt, "a.csv"), ExportFormat::csv);
    EXPECT_EQ(export_format(std::nullopt, "a.ndjson"), ExportFormat::json_lines);
    EXPECT_EQ(export_format("csv", "a.txt"), ExportFormat::csv);
    for (const char* name : {"a.txt", "csv", "a"}) EXPECT_THROW((void)export_format(std::nullopt, name), UsageError);
}

} // namespace
} // namespace fathom::cli
