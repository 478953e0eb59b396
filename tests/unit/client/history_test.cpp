// What a client makes of a history, in virtual time.
#include "support/scripted_client.hpp"
#include "unit/zones/two_zones.hpp"

namespace fathom {
namespace {

using namespace std::chrono;

class HistoryOfAClient : public ScriptedClient {
protected:
    HistoryOfAClient() {
        transport->respond_with([](const HttpRequest&) { return testing::ScriptedAnswer{.body = "[]"}; });
    }
    [[nodiscard]] sys_seconds now() const { return floor<seconds>(transport->calendar_now()); }

    const SiteId site{"CDBUGS"};
    PageviewHistoryQuery query{.aggregates = {PageviewMetric::visits}, .timezone = "Pacific/Apia"};
};

TEST_F(HistoryOfAClient, TakesTheDayThatHasBegunInTheEastOnly) {
    ClientOptions zoned = options();
    zoned.time_zones = std::make_shared<TwoZones>();
    const Client client(zoned);
    const year_month_day today = TimeZone::find("Pacific/Apia", zoned.time_zones).value().date_at(now());
    query.range = between(today, today);
    const auto pieces = client.aggregations().history(site, query).collect();
    ASSERT_TRUE(pieces) << pieces.error();
    ASSERT_EQ(pieces->size(), 1U);
    EXPECT_FALSE(pieces->front().is_over);
    query.range = between(year_month_day{local_days{today} + days{2}}, year_month_day{local_days{today} + days{3}});
    EXPECT_EQ(client.aggregations().history(site, query).collect().error().fields.at(0).field, "range");
}

TEST_F(HistoryOfAClient, GoesOnThroughAnOutageOfTenMinutes) {
    const auto end = transport->now() + 10min;
    transport->respond_with([this, end](const HttpRequest&) {
        const bool is_down = transport->now() < end;
        return testing::ScriptedAnswer{.status = is_down ? 503 : 200, .body = is_down ? "" : "[]"};
    });
    query.timezone = "UTC";
    query.range = last_full_days(3);
    const auto pieces = Client(options()).aggregations().history(site, query).collect();
    ASSERT_TRUE(pieces) << pieces.error();
    EXPECT_EQ(pieces->size(), 1U);
}

TEST_F(HistoryOfAClient, TellsTheTimeLeftAtThePaceOfTheLimit) {
    query.timezone = "UTC";
    query.range = last_full_days(360);
    auto history = Client(options()).aggregations().history(site, query);
    const auto first = history.begin();
    const HistoryProgress& progress = (*first)->progress;
    EXPECT_DOUBLE_EQ(progress.part_done, 0.5);
    EXPECT_EQ(progress.requests_made, 1);
    EXPECT_EQ(progress.requests_to_come, 1);
    EXPECT_EQ(progress.time_left, 6s);
}

} // namespace
} // namespace fathom
