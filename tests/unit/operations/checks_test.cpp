// What is refused before a request leaves, through the public calls.
#include <concepts>
#include <tuple>

#include "operations/checks.hpp"
#include "support/scripted_client.hpp"

namespace fathom {
namespace {

using namespace std::chrono;

class Refusal : public ScriptedClient {
protected:
    /// The field that a failed call names; checks that nothing was sent and that the call is named.
    template <class T>
    std::string field_of(const Result<T>& result) {
        EXPECT_EQ(requests_sent(), 0U);
        if (result) return "none: the call succeeded";
        EXPECT_EQ(result.error().kind, ErrorKind::invalid_argument);
        EXPECT_EQ(result.error().attempts, 0);
        EXPECT_FALSE(result.error().operation.empty());
        return result.error().fields.empty() ? "none" : result.error().fields[0].field;
    }

    std::string report_field(const PageviewQuery& query) {
        return field_of(client.aggregations().pageviews(site, query));
    }
    std::string list_field(const ListOptions& options) { return field_of(client.sites().list(options).collect()); }

    Client client{options()};
    SiteId site{"CDBUGS"};
};

TEST_F(Refusal, OfIdsThatWouldLeadElsewhere) {
    for (const char* id : {"", ".", "..", "...", "a\nb", "\x7f", "\xff"}) {
        EXPECT_EQ(field_of(client.sites().get(SiteId{id})), "site_id") << id;
        EXPECT_EQ(field_of(client.sites().remove(SiteId{id}, irreversible)), "site_id") << id;
        EXPECT_EQ(field_of(client.events().wipe_data(site, EventId{id}, irreversible)), "event_id") << id;
        EXPECT_EQ(field_of(client.milestones().get(site, MilestoneId{id})), "milestone_id") << id;
    }
}

TEST_F(Refusal, OfAnEventDeletedByAnEmptyName) {
    EXPECT_EQ(field_of(client.events().remove_by_name(site, "", irreversible)), "name");
    EXPECT_EQ(field_of(client.events().remove_by_name(site, "  ", irreversible)), "name");
}

TEST_F(Refusal, OfASiteWithoutAName) { EXPECT_EQ(field_of(client.sites().create({.name = " "})), "name"); }

TEST_F(Refusal, OfANameThatIsTooLong) {
    EXPECT_EQ(field_of(client.sites().create({.name = std::string(256, 'x')})), "name");
}

TEST_F(Refusal, CountsCharactersAndNotBytes) {
    std::string name;
    for (int i = 0; i < 255; ++i) name += "ü";
    std::ignore = client.sites().create({.name = name}, {.timeout = 1ms});
    EXPECT_EQ(requests_sent(), 1U);
}

TEST_F(Refusal, OfPrivateSharingWithoutAPassword) {
    EXPECT_EQ(field_of(client.sites().create({.name = "Shop", .sharing = Sharing::private_})), "share_password");
    EXPECT_EQ(field_of(client.sites().update(site, {.sharing = Sharing::private_})), "share_password");
}

TEST_F(Refusal, OfUpdatesThatSetNothing) {
    EXPECT_EQ(field_of(client.sites().update(site, {})), "change");
    EXPECT_EQ(field_of(client.events().update(site, EventId{"E"}, {})), "change");
    EXPECT_EQ(field_of(client.milestones().update(site, MilestoneId{"M"}, MilestoneUpdate{})), "change");
}

TEST_F(Refusal, OfATimeZoneThatIsNoName) {
    EXPECT_EQ(field_of(client.sites().create({.name = "Shop", .timezone = "Berlin time"})), "timezone");
}

TEST_F(Refusal, OfMilestoneDatesThatDoNotExistOrAreInTheFutureOfTheTransportsClock) {
    const year_month_day in_two_days{floor<days>(transport->calendar_now()) + days{2}};
    for (const year_month_day date : {2023y / February / 30, in_two_days, year_month_day{}}) {
        EXPECT_EQ(field_of(client.milestones().create(site, {.name = "Launch", .milestone_date = date})),
                  "milestone_date");
    }
}

TEST_F(Refusal, OfAMilestoneNameOfMoreThanThirtyCharacters) {
    EXPECT_EQ(
        field_of(client.milestones().create(site, {.name = std::string(31, 'x'), .milestone_date = 2024y / March / 5})),
        "name");
}

TEST_F(Refusal, OfPageSizesOutsideOneToAHundred) {
    for (const int limit : {0, -1, 101}) EXPECT_EQ(list_field({.page_size = limit}), "page_size") << limit;
}

TEST_F(Refusal, OfBothCursorsAtOnce) {
    EXPECT_EQ(list_field({.starting_after = "A", .ending_before = "B"}), "starting_after");
}

TEST_F(Refusal, OfCursorsThatAreEmpty) {
    EXPECT_EQ(list_field({.starting_after = ""}), "starting_after");
    EXPECT_EQ(list_field({.ending_before = ""}), "ending_before");
}

TEST_F(Refusal, OfADirectionThatItsCursorContradicts) {
    EXPECT_EQ(list_field({.direction = Direction::backward}), "ending_before");
    EXPECT_EQ(list_field({.ending_before = "B", .direction = Direction::forward}), "ending_before");
}

TEST_F(Refusal, OfReportsWithoutMetricsOrWithOneTwice) {
    EXPECT_EQ(report_field({.aggregates = {}}), "aggregates");
    EXPECT_EQ(report_field({.aggregates = {PageviewMetric::visits, PageviewMetric::visits}}), "aggregates");
}

TEST_F(Refusal, OfReportLimitsOutsideOneToAThousand) {
    for (const int limit : {0, 1001}) {
        EXPECT_EQ(report_field({.aggregates = {PageviewMetric::visits}, .limit = limit}), "limit") << limit;
    }
}

TEST_F(Refusal, OfASortKeyThatIsNotAsked) {
    EXPECT_EQ(report_field({.aggregates = {PageviewMetric::visits}, .sort_by = ascending(PageviewMetric::uniques)}),
              "sort_by");
    EXPECT_EQ(report_field({.aggregates = {PageviewMetric::visits}, .sort_by = ascending(Field::pathname)}), "sort_by");
    EXPECT_EQ(report_field({.aggregates = {PageviewMetric::visits}, .sort_by = ascending(time_bucket)}), "sort_by");
}

TEST_F(Refusal, OfGroupingsTheServiceDoesNotHave) {
    EXPECT_EQ(report_field({.aggregates = {PageviewMetric::visits}, .field_grouping = Field::domain}),
              "field_grouping");
    EXPECT_EQ(report_field({.aggregates = {PageviewMetric::visits}, .field_grouping = {Field::city, Field::city}}),
              "field_grouping");
}

TEST_F(Refusal, OfFiltersTheServiceDoesNotHave) {
    EXPECT_EQ(report_field({.aggregates = {PageviewMetric::visits}, .filters = {Field::keyword == "x"}}), "filters");
    for (const Field& field :
         {Field(Field::device_type), Field(Field::operating_system), Field(Field::browser), Field(Field::country_code),
          Field(Field::city), Field(Field::state), Field(Field::region)}) {
        EXPECT_EQ(report_field({.aggregates = {PageviewMetric::visits}, .filters = {field.like("x*")}}), "filters")
            << field;
    }
}

TEST_F(Refusal, OfRangesThatEndBeforeTheyBegin) {
    EXPECT_EQ(report_field({.aggregates = {PageviewMetric::visits},
                            .date_from = sys_days{2024y / January / 2},
                            .date_to = sys_days{2024y / January / 1}}),
              "date_to");
}

TEST_F(Refusal, OfRangesThatAreEmptyOrTurnedRoundOrHaveAnInvalidDate) {
    const sys_days start{2024y / January / 1};
    for (const ReportRange& range :
         {between(2024y / January / 2, 2024y / January / 1), between(2024y / February / 30, 2024y / March / 1),
          between(10'000y / January / 1, 10'000y / January / 2), half_open(start, start), half_open(start + 1s, start),
          half_open(sys_seconds::min(), sys_seconds::max())}) {
        EXPECT_EQ(report_field({.aggregates = {PageviewMetric::visits}, .range = range}), "range");
    }
}

TEST_F(Refusal, OfARangeBesideItsEnds) {
    EXPECT_EQ(report_field({.aggregates = {PageviewMetric::visits},
                            .range = between(2024y / January / 1, 2024y / January / 2),
                            .date_to = sys_days{2024y / January / 3}}),
              "range");
}

TEST_F(Refusal, OfMoreThanSevenDaysByHour) {
    PageviewQuery query{.aggregates = {PageviewMetric::visits}, .date_grouping = DateGrouping::hour};
    query.range = between(2024y / January / 1, 2024y / January / 8);
    EXPECT_EQ(report_field(query), "date_grouping");
    query.range = between(2024y / January / 1, 2024y / January / 7);
    EXPECT_NE(client.aggregations().pageviews(site, query).error().kind, ErrorKind::invalid_argument);
}

TEST_F(Refusal, OfHourlyRangesOfMoreThanAWeek) {
    EXPECT_EQ(report_field({.aggregates = {PageviewMetric::visits},
                            .date_grouping = DateGrouping::hour,
                            .date_from = local_days{2024y / January / 1},
                            .date_to = local_days{2024y / January / 8} + 1s}),
              "date_grouping");
}

TEST_F(Refusal, OfAnEventReportWithoutAName) {
    EXPECT_EQ(field_of(client.aggregations().events(site, "", {.aggregates = {EventMetric::value}})), "entity_name");
}

TEST_F(Refusal, IsNotForTheNameOfAnEventThatASiteMaySend) {
    const std::string sent = "Signed\nup" + std::string(300, '!');
    const auto kind_of = [](const auto& result) { return result.error().kind; };
    EXPECT_NE(kind_of(client.aggregations().events(site, sent, {.aggregates = {EventMetric::value}})),
              ErrorKind::invalid_argument);
    EXPECT_NE(kind_of(client.events().remove_by_name(site, sent, irreversible)), ErrorKind::invalid_argument);
    EXPECT_NE(kind_of(client.events().set_currency(site, sent, Currency::euro)), ErrorKind::invalid_argument);
    EXPECT_EQ(client.events().create(site, {.name = sent}).error().kind, ErrorKind::invalid_argument);
}

TEST_F(Refusal, NamesEverythingThatIsWrongAtOnce) {
    const auto created = client.sites().create({.name = "", .sharing = Sharing::private_, .timezone = ""});
    ASSERT_FALSE(created);
    EXPECT_EQ(created.error().fields.size(), 3U);
}

/// Whether a report on pageviews takes these metrics.
template <class Metric>
concept CanBeAskedOfPageviews = requires(const Client& client, const SiteId& id, Metric metric) {
    client.aggregations().pageviews(id, {.aggregates = {metric}});
};
static_assert(CanBeAskedOfPageviews<PageviewMetric>);
static_assert(!CanBeAskedOfPageviews<EventMetric>, "conversions of pageviews must not compile");
static_assert(!std::convertible_to<EventId, SiteId> && !std::convertible_to<std::string, SiteId>);

TEST(Utf8, IsValidOnlyWhereEachSequenceIs) {
    for (const char* valid : {"", "plain", "é", "€", "𝄞", "\xF4\x8F\xBF\xBF"}) {
        EXPECT_TRUE(detail::is_valid_utf8(valid)) << valid;
    }
    for (const char* invalid :
         {"\x80", "\xC0\xAF", "\xC3", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF5", "a\xE2\x82"}) {
        EXPECT_FALSE(detail::is_valid_utf8(invalid)) << invalid;
    }
}

} // namespace
} // namespace fathom
