#include <fathom/log.hpp>

#include <sstream>

#include "client/environment.hpp"
#include "support/scripted_client.hpp"

namespace fathom {
namespace {

using namespace std::chrono_literals;

class Log : public ScriptedClient {
protected:
    [[nodiscard]] ClientOptions logged(LogLevel level, std::shared_ptr<Observer> next = {}) {
        ClientOptions with_log = options();
        with_log.observer = log_observer(out, level, std::move(next));
        return with_log;
    }
    std::ostringstream out;
};

TEST_F(Log, TellsHowACallEnded) {
    transport->then({.body = site_body, .latency = 41ms});
    const Client client(logged(LogLevel::info));
    ASSERT_TRUE(get_site(client));
    EXPECT_EQ(out.str(), "fathom call=1 op=getSite GET /sites/CDBUGS status=200 attempts=1 ms=41\n");
}

TEST_F(Log, TellsOfAttemptsAndRetriesWhereThatIsWanted) {
    transport->then({.status = 503}).then({.body = site_body});
    const Client client(logged(LogLevel::debug));
    ASSERT_TRUE(get_site(client));
    EXPECT_NE(out.str().find("attempt=1 status=503"), std::string::npos) << out.str();
    EXPECT_NE(out.str().find("attempt=1 failed, error=server; again in ms="), std::string::npos) << out.str();
    EXPECT_NE(out.str().find("attempt=2 status=200"), std::string::npos) << out.str();
}

TEST_F(Log, TellsThatACallWaitsForTheLimit) {
    transport->respond_with([](const HttpRequest&) { return testing::ScriptedAnswer{.body = R"({"total":1})"}; });
    const Client client(logged(LogLevel::info));
    for (int i = 0; i < 11; ++i) ASSERT_TRUE(get_visitors(client));
    EXPECT_NE(out.str().find("call=11 op=getCurrentVisitors GET /current_visitors waits for the limit, ms=61000"),
              std::string::npos)
        << out.str();
}

TEST_F(Log, HoldsNeitherKeyNorQueryNorBody) {
    transport->then({.body = R"([{"visits":"secret-body"}])"});
    const Client client(logged(LogLevel::debug));
    static_cast<void>(client.aggregations().pageviews(
        SiteId("CDBUGS"), {.aggregates = {PageviewMetric::visits}, .filters = {Field::pathname == "/secret-path"}}));
    EXPECT_FALSE(out.str().empty());
    EXPECT_EQ(out.str().find("secret"), std::string::npos) << out.str();
}

TEST_F(Log, PassesEventsOn) {
    std::ostringstream second;
    transport->then({.body = site_body});
    const Client client(logged(LogLevel::info, log_observer(second, LogLevel::info)));
    ASSERT_TRUE(get_site(client));
    EXPECT_EQ(second.str(), out.str());
    EXPECT_FALSE(second.str().empty());
}

TEST(LogOfTheEnvironment, IsOfALevelThatIsKnown) {
    EXPECT_EQ(detail::with_log("", nullptr).value(), nullptr);
    EXPECT_NE(detail::with_log("info", nullptr).value(), nullptr);
    EXPECT_NE(detail::with_log("debug", nullptr).value(), nullptr);
    EXPECT_EQ(detail::with_log("loud", nullptr).error().fields.at(0).field, "FATHOM_LOG");
}

} // namespace
} // namespace fathom
