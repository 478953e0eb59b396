// The server for assistants, over streams.
#include <fathom/testing/emulator.hpp>
#include <fathom/testing/scripted_transport.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "cli/mcp/server.hpp"
#include "command_line.hpp"

namespace fathom::cli {
namespace {

using namespace std::chrono_literals;
using Json = nlohmann::ordered_json;

std::string request(int id, const std::string& method, const std::string& params = "{}") {
    return R"({"jsonrpc":"2.0","id":)" + std::to_string(id) + R"(,"method":")" + method + R"(","params":)" + params +
           "}\n";
}

std::string initialize(const std::string& revision) {
    return request(0, "initialize",
                   R"({"protocolVersion":")" + revision +
                       R"(","capabilities":{},"clientInfo":{"name":"test","version":"1"}})");
}

std::string call(int id, const std::string& tool, const std::string& arguments = "{}") {
    return request(id, "tools/call", R"({"name":")" + tool + R"(","arguments":)" + arguments + "}");
}

/// A request that names the revision itself.
std::string enveloped(int id, const std::string& method, const std::string& revision, const std::string& more = "") {
    return request(id, method,
                   R"({"_meta":{"io.modelcontextprotocol/protocolVersion":")" + revision +
                       R"(","io.modelcontextprotocol/clientCapabilities":{}})" + more + "}");
}

/// No two of them are one request.
std::string report_of_rows(int rows) {
    return R"({"site_id":"SHOP","from":"2026-11-01","to":"2026-11-02","top":)" + std::to_string(rows) + "}";
}

std::vector<Json> messages_in(const std::string& text) {
    std::vector<Json> read;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) read.push_back(Json::parse(line));
    return read;
}

class Mcp : public ::testing::Test {
protected:
    /// All that the server writes, each line read as JSON.
    std::vector<Json> answers(const std::string& input, const std::vector<std::string>& options = {}) {
        std::vector<std::string> arguments{"mcp"};
        arguments.insert(arguments.end(), options.begin(), options.end());
        const Ended ended = fathom.run(arguments, input);
        EXPECT_EQ(ended.code, ExitCode::done) << ended.err;
        return messages_in(ended.out);
    }
    /// The answer to a request behind a handshake.
    Json answer(const std::string& input, const std::vector<std::string>& options = {}) {
        const auto all = answers(initialize("2025-11-25") + input, options);
        return all.size() == 2 ? all[1] : Json(all);
    }
    Json result(const std::string& input, const std::vector<std::string>& options = {}) {
        return answer(input, options).value("result", Json());
    }
    static int code(const Json& answer) { return answer.value("error", Json::object()).value("code", 0); }

    testing::Emulator emulator{
        {.dialect = testing::Dialect::live, .sample_data = testing::SampleData::none, .now = noon}};
    std::string shop =
        emulator.add_site({.id = "SHOP", .name = "The shop", .timezone = "Europe/Berlin", .created_at = noon});
    CommandLine fathom{emulator};
};

TEST_F(Mcp, AgreesOnTheRevisionThatTheClientWants) {
    for (const char* revision : {"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"}) {
        EXPECT_EQ(answers(initialize(revision))[0]["result"]["protocolVersion"], revision);
    }
    for (const char* unknown : {"1999-01-01", "2030-01-01", "2026-07-28"}) {
        EXPECT_EQ(answers(initialize(unknown))[0]["result"]["protocolVersion"], "2025-11-25") << unknown;
    }
    EXPECT_EQ(code(answers(request(1, "initialize"))[0]), -32602);
    EXPECT_EQ(code(answer(initialize("2025-11-25"))), -32600);
}

TEST_F(Mcp, IsUsedAfterTheHandshakeOnly) {
    EXPECT_EQ(code(answers(call(1, "list_sites"))[0]), -32600);
    EXPECT_EQ(answers(request(1, "ping"))[0]["result"], Json::object());
    EXPECT_EQ(emulator.request_count(), 0U);
}

TEST_F(Mcp, ServesRequestsThatNameTheirRevision) {
    const auto all = answers(enveloped(1, "server/discover", "2026-07-28") +
                             enveloped(2, "tools/call", "2026-07-28", R"(,"name":"list_sites")"));
    EXPECT_EQ(all[0]["result"]["supportedVersions"][0], "2026-07-28");
    EXPECT_EQ(all[0]["result"]["resultType"], "complete");
    EXPECT_EQ(all[1]["result"]["resultType"], "complete");
    EXPECT_EQ(all[1]["result"]["structuredContent"]["sites"][0]["id"], "SHOP");
    const Json refusal = answers(enveloped(1, "tools/list", "1999-01-01"))[0];
    EXPECT_EQ(code(refusal), -32022);
    EXPECT_EQ(refusal["error"]["data"]["requested"], "1999-01-01");
    EXPECT_EQ(code(answers(request(1, "server/discover"))[0]), -32602);
}

TEST_F(Mcp, ShowsOnlyWhatReadsUnlessWritingIsAllowed) {
    const Json reading = result(request(1, "tools/list"))["tools"];
    for (const Json& tool : reading) {
        EXPECT_EQ(tool["annotations"]["readOnlyHint"], true) << tool["name"];
        EXPECT_NE(tool["description"].get<std::string>().find("Cost: "), std::string::npos) << tool["name"];
        EXPECT_EQ(tool["inputSchema"]["additionalProperties"], false) << tool["name"];
    }
    const Json all = result(request(1, "tools/list"), {"--allow-write"})["tools"];
    std::string destructive;
    for (const Json& tool : all) {
        if (tool["annotations"]["destructiveHint"] == true) destructive += tool["name"].get<std::string>() + ' ';
    }
    EXPECT_EQ(destructive,
              "update_site delete_site set_event_currency remove_event update_milestone delete_milestone ");
    EXPECT_EQ(code(answer(call(1, "delete_site", R"({"site_id":"SHOP","name":"The shop"})"))), -32602);
    EXPECT_EQ(emulator.request_count(), 0U);
}

TEST_F(Mcp, ShowsEachRevisionWhatItHas) {
    const auto tool = [&](const char* revision) {
        return answers(initialize(revision) + request(1, "tools/list"))[1]["result"]["tools"][0];
    };
    EXPECT_FALSE(tool("2024-11-05").contains("annotations"));
    EXPECT_EQ(tool("2025-03-26")["annotations"]["title"], "List sites");
    EXPECT_FALSE(tool("2025-03-26").contains("outputSchema"));
    EXPECT_EQ(tool("2025-06-18")["title"], "List sites");
    EXPECT_EQ(tool("2025-06-18")["outputSchema"]["type"], "object");
    const auto all = answers(initialize("2025-03-26") + call(1, "list_sites"));
    EXPECT_FALSE(all[1]["result"].contains("structuredContent"));
    EXPECT_EQ(Json::parse(all[1]["result"]["content"][0]["text"].get<std::string>())["sites"][0]["id"], "SHOP");
}

TEST_F(Mcp, CountsVisits) {
    emulator.add_pageviews(
        "SHOP", {{.at = noon - 26h, .traits = {.pathname = "/a"}, .visits = 4, .uniques = 3, .pageviews = 9},
                 {.at = noon - 2h, .traits = {.pathname = "/b"}, .visits = 2, .uniques = 2, .pageviews = 2}});
    const Json days = result(call(1, "report_pageviews",
                                  R"({"site_id":"SHOP","from":"2026-11-19","to":"2026-11-20",)"
                                  R"("by":"day","count":["visits"]})"));
    EXPECT_EQ(days["structuredContent"],
              Json::parse(R"({"rows":[{"date":"2026-11-19","visits":4},{"date":"2026-11-20","visits":2}],)"
                          R"("may_lack_rows":false})"));
    EXPECT_EQ(days["isError"], false);
    const Json pages = result(call(1, "report_pageviews",
                                   R"({"site_id":"SHOP","from":"2026-11-19","to":"2026-11-20",)"
                                   R"("group":["pathname"],"count":["pageviews"],"sort":"-pageviews","top":1,)"
                                   R"("where":["pathname!=/c"]})"));
    EXPECT_EQ(pages["structuredContent"]["rows"], Json::parse(R"([{"pageviews":9,"pathname":"/a"}])"));
}

TEST_F(Mcp, ListsAPageForARequest) {
    (void)emulator.add_site({.id = "BLOG", .name = "Blog", .created_at = noon + 1s});
    const Json first = result(call(1, "list_sites", R"({"limit":1})"))["structuredContent"];
    EXPECT_EQ(first["sites"].size(), 1U);
    EXPECT_EQ(first["has_more"], true);
    EXPECT_EQ(emulator.request_count(), 1U);
    const std::string after = first["sites"][0]["id"];
    const Json second = result(call(1, "list_sites", R"({"after":")" + after + R"("})"))["structuredContent"];
    EXPECT_EQ(second["sites"].size(), 1U);
    EXPECT_NE(second["sites"][0]["id"], after);
    EXPECT_EQ(second["has_more"], false);
}

TEST_F(Mcp, TellsWhoIsThereAndWhatTheLimitsLeave) {
    emulator.set_current_visitors("SHOP", {{.total = 3, .pathname = "/a"}});
    EXPECT_EQ(result(call(1, "current_visitors", R"({"site_id":"SHOP"})"))["structuredContent"]["total"], 3);
    const Json detailed = result(call(1, "current_visitors", R"({"site_id":"SHOP","detailed":true})"));
    EXPECT_EQ(detailed["structuredContent"]["content"][0]["pathname"], "/a");
    const Json limits = result(call(1, "quota"))["structuredContent"]["limits"];
    EXPECT_EQ(limits[0]["free"], 8); // as the runs of the program share what the limit leaves
    EXPECT_EQ(limits[1]["free"], 2000);
}

TEST_F(Mcp, ToldWhatIsWrongAModelCanCorrectItself) {
    const auto complaint = [&](const std::string& tool, const std::string& arguments) {
        const Json given = result(call(1, tool, arguments));
        EXPECT_EQ(given.value("isError", false), true) << given;
        return given["content"][0]["text"].get<std::string>();
    };
    EXPECT_EQ(complaint("report_pageviews", "{}"), "site_id is missing");
    EXPECT_EQ(complaint("current_visitors", R"({"site_id":1})"), "site_id is not of type string");
    EXPECT_EQ(complaint("current_visitors", R"({"site_id":"SHOP","page":true})"),
              "page is no argument of this tool; there are site_id, detailed");
    EXPECT_EQ(complaint("quota", R"({"a":1})"), "a is no argument of this tool; there are none");
    EXPECT_EQ(complaint("report_pageviews", R"({"site_id":"SHOP","by":"week"})"),
              "by is none of hour, day, month, year");
    EXPECT_EQ(complaint("list_sites", R"({"limit":101})"), "limit is not from 1 to 100");
    EXPECT_EQ(complaint("report_pageviews", R"({"site_id":"SHOP","where":[1]})"),
              "an item of where is not of type string");
    EXPECT_EQ(complaint("report_pageviews", R"({"site_id":"SHOP","last":"30 days"})"),
              "last: 30 days is neither a number with d, w, m or y, such as 30d, nor week, month or year");
    EXPECT_EQ(complaint("report_pageviews", R"({"site_id":"SHOP","today":true,"all":true})"),
              "name the days once: last, this, today, yesterday, all, or from and to");
    EXPECT_EQ(emulator.request_count(), 0U);
    EXPECT_EQ(complaint("list_events", R"({"site_id":"NONE"})"),
              "Site not found\nlist_sites, list_events and list_milestones tell what there is.");
    EXPECT_EQ(complaint("list_sites", R"({"after":"NONE"})").find("starting_after"), std::string::npos);
    EXPECT_EQ(complaint("report_pageviews", R"({"site_id":"SHOP","count":[]})").substr(0, 7), "count: ");
}

TEST_F(Mcp, TakesWholeNumbersHoweverTheyAreWritten) {
    const Json given = answer(R"({"jsonrpc":"2.0","id":1.0,"method":"tools/call",)"
                              R"("params":{"name":"list_sites","arguments":{"limit":1e2}}})"
                              "\n");
    EXPECT_EQ(given["id"], 1);
    EXPECT_EQ(given["result"]["isError"], false);
    EXPECT_EQ(code(answer(R"({"jsonrpc":"2.0","id":1.5,"method":"ping"})"
                          "\n")),
              -32600);
}

TEST_F(Mcp, SaysWhenTheLimitLeavesRoomAgain) {
    std::string calls;
    for (int i = 1; i <= 11; ++i) calls += call(i, "report_pageviews", report_of_rows(i));
    int refused = 0;
    for (const Json& given : answers(initialize("2025-11-25") + calls, {"--timeout", "20"})) {
        if (!given["result"].value("isError", false)) continue;
        ++refused;
        EXPECT_NE(given["result"]["content"][0]["text"].get<std::string>().find("It can be run again in "),
                  std::string::npos)
            << given;
    }
    EXPECT_EQ(refused, 1);
    EXPECT_EQ(emulator.request_count(), 10U); // the one that was refused was not sent
}

/// Tells when all of a text was read.
class TellingText : public std::stringbuf {
public:
    explicit TellingText(const std::string& text) : std::stringbuf(text, std::ios::in) {}
    void wait_until_read() const { is_read_.wait(false); }

protected:
    int_type underflow() override {
        const int_type next = std::stringbuf::underflow();
        if (traits_type::eq_int_type(next, traits_type::eof())) {
            is_read_ = true;
            is_read_.notify_all();
        }
        return next;
    }

private:
    std::atomic<bool> is_read_{false};
};

/// Virtual time, in which a minute's wait takes no time.
TEST(McpServer, TellsAClientThatListensOfAWait) {
    const auto transport = std::make_shared<testing::ScriptedTransport>();
    transport->respond_with([](const HttpRequest&) { return testing::ScriptedAnswer{.body = "[]"}; });
    std::string input = initialize("2025-11-25");
    for (int i = 1; i <= 11; ++i) {
        input += request(i, "tools/call",
                         R"({"name":"report_pageviews","arguments":)" + report_of_rows(i) +
                             R"(,"_meta":{"progressToken":"t)" + std::to_string(i) + "\"}}");
    }
    TellingText text(input);
    std::istream in(&text);
    // Else the wait could be over, and many minutes more, before the server's own thread is done with the eleventh call.
    transport->on_time([&](auto) { text.wait_until_read(); });
    std::ostringstream out;
    mcp::Server server(AsyncClient({.api_key = "test", .transport = transport}), mcp::report_tools(), 100s, out);
    server.serve(in);
    int answered = 0;
    std::vector<Json> told;
    for (const Json& message : messages_in(out.str())) {
        if (message.contains("method")) told.push_back(message["params"]);
        answered += message.contains("result") ? 1 : 0;
    }
    ASSERT_EQ(told.size(), 7U)
        << "at once, and every ten seconds: it may have a shorter patience than the wait is long";
    EXPECT_EQ(told[0], Json::parse(R"({"progressToken":"t11","progress":0,"message":"Waits 61 s for the limit"})"));
    for (int i = 1; i < 7; ++i) {
        EXPECT_EQ(told[static_cast<std::size_t>(i)]["progressToken"], "t11");
        EXPECT_EQ(told[static_cast<std::size_t>(i)]["progress"], i);
    }
    EXPECT_EQ(answered, 12);
}

TEST_F(Mcp, TellsCallsUnderWayByTheirIdsAndCancelsThem) {
    const testing::Emulator slow{{.sample_data = testing::SampleData::none, .latency = 20s}};
    fathom.variables["FATHOM_BASE_URL"] = slow.base_url();
    const auto start = std::chrono::steady_clock::now();
    const auto all = answers(initialize("2025-06-18") + call(7, "list_sites") + call(7, "list_sites") +
                             R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7}})" + "\n");
    ASSERT_EQ(all.size(), 2U); // the call that was cancelled has no answer
    EXPECT_EQ(code(all[1]), -32600) << "a second call of the same id";
    EXPECT_LT(std::chrono::steady_clock::now() - start, 15s);
}

TEST_F(Mcp, SurvivesWhatIsNoMessage) {
    const std::string bad = "not json\n"
                            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"pi\xff\"}\n"
                            "42\n"
                            "{\"id\":1,\"method\":\"ping\"}\n"
                            "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":5}\n"
                            "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}\n"
                            "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"ping\",\"params\":[1]}\n"
                            "\n  \r\n"
                            "{\"jsonrpc\":\"2.0\",\"id\":9,\"result\":{}}\n"
                            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/unknown\"}\n"
                            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":[]}\n";
    const auto all = answers(bad + std::string(2'000'000, '[') + "\n" + std::string(900'000, '[') + "\n" +
                             request(4, "no/such") + request(5, "ping"));
    std::vector<int> codes;
    for (const Json& given : all) codes.push_back(code(given));
    EXPECT_EQ(codes,
              (std::vector<int>{-32700, -32700, -32600, -32600, -32600, -32600, -32602, -32600, -32700, -32600, 0}));
    EXPECT_EQ(all[0]["id"], nullptr);
    EXPECT_EQ(all[4]["id"], 2);
    EXPECT_EQ(all.back()["id"], 5);
    EXPECT_EQ(code(answer(request(1, "prompts/list"))), -32601);
    EXPECT_EQ(code(answer(request(1, "tools/list", R"({"cursor":"x"})"))), -32602);
    EXPECT_EQ(code(answer(request(1, "tools/call", R"({"name":"quota","arguments":[]})"))), -32602);
    EXPECT_EQ(code(answer(call(1, "no_such_tool"))), -32602);
}

TEST_F(Mcp, RefusesALineThatIsNestedTooDeeply) {
    const auto nested = [](std::size_t levels) {
        return request(1, "ping", R"({"x":)" + std::string(levels, '[') + std::string(levels, ']') + "}");
    };
    const auto all = answers(nested(400'000) + nested(90) + request(2, "ping"));
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(code(all[0]), -32700);
    EXPECT_EQ(code(all[1]), 0);
    EXPECT_EQ(code(all[2]), 0);
}

TEST_F(Mcp, TakesBatchesWhereTheRevisionHasThem) {
    const std::string batch =
        R"([{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","method":"notifications/x"},)"
        R"({"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"list_sites"}},7])";
    const auto all = answers(initialize("2025-03-26") + batch + "\n");
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[1].size(), 3U); // the notification is not answered
    EXPECT_EQ(code(answers(initialize("2025-06-18") + batch + "\n")[1]), -32600);
    EXPECT_EQ(code(answers(batch + "\n")[0]), -32600);
    EXPECT_EQ(code(answers(initialize("2025-03-26") + "[]\n")[1]), -32600);
    EXPECT_EQ(answers(initialize("2025-03-26") + R"([{"jsonrpc":"2.0","method":"notifications/x"}])" + "\n").size(),
              1U);
}

TEST_F(Mcp, ChangesWhatItMay) {
    const std::vector<std::string> may_write{"--allow-write"};
    const Json created =
        result(call(1, "create_milestone", R"({"site_id":"SHOP","name":"Launch","date":"2026-11-01"})"), may_write);
    const std::string id = created["structuredContent"]["id"];
    const Json changed =
        result(call(1, "update_milestone", R"({"site_id":"SHOP","milestone_id":")" + id + R"(","name":"Relaunch"})"),
               may_write);
    EXPECT_EQ(changed["structuredContent"]["name"], "Relaunch");
    EXPECT_EQ(changed["structuredContent"]["milestone_date"], "2026-11-01");
    const std::string milestone = R"({"site_id":"SHOP","milestone_id":")" + id + R"("})";
    emulator.clear_requests();
    EXPECT_EQ(result(call(1, "update_milestone", milestone), may_write)["isError"], true) << "nothing would change";
    EXPECT_EQ(emulator.request_count(), 0U);
    EXPECT_EQ(result(call(1, "delete_milestone", milestone), may_write)["structuredContent"]["done"], true);
    const Json site = result(call(1, "update_site", R"({"site_id":"SHOP","name":"Store"})"), may_write);
    EXPECT_EQ(site["structuredContent"]["name"], "Store");
}

TEST_F(Mcp, DeletesASiteOnlyByItsName) {
    const std::vector<std::string> may_write{"--allow-write"};
    const Json refused = result(call(1, "delete_site", R"({"site_id":"SHOP","name":"Blog"})"), may_write);
    EXPECT_EQ(refused["content"][0]["text"], "name is not that of the site SHOP; nothing was deleted");
    EXPECT_EQ(emulator.site_ids().size(), 1U);
    const Json deleted = result(call(1, "delete_site", R"({"site_id":"SHOP","name":"The shop"})"), may_write);
    EXPECT_EQ(deleted["isError"], false);
    EXPECT_TRUE(emulator.site_ids().empty());
}

TEST_F(Mcp, NeedsAKeyAndNoDryRun) {
    EXPECT_EQ(fathom.run({"mcp", "--dry-run"}).code, ExitCode::usage);
    fathom.variables.erase("FATHOM_API_KEY");
    const Ended ended = fathom.run({"mcp"}, initialize("2025-11-25"));
    EXPECT_EQ(ended.code, ExitCode::usage);
    EXPECT_EQ(ended.out, ""); // nothing but the protocol
}

} // namespace
} // namespace fathom::cli
