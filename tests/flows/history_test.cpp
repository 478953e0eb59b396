// Whole histories of busy sites, against the emulator's raw visits.
#include "emulated_service.hpp"

#include <map>
#include <ranges>
#include <set>
#include <stop_token>

#if defined(FATHOM_WITH_ZONES)
#include <fathom/zones/date_time_zones.hpp>
#endif

namespace fathom {
namespace {

using namespace std::chrono;

class HistoryFlow : public InBothDialects {
protected:
    using Key = std::tuple<local_seconds, std::string, std::string>;
    using Counts = std::pair<std::int64_t, std::int64_t>; // pageviews, uniques

    static constexpr sys_days june{2024y / June / 1};
    static constexpr local_days first{2024y / June / 1};

    /// One visitor who is everywhere, so that uniques do not add up.
    void add(sys_seconds hour, const std::string& path, const std::string& country, std::int64_t pageviews = 1) {
        raw.push_back({.at = hour + 10min,
                       .traits = {.pathname = path, .country_code = country},
                       .uniques = pageviews % 3 + 1,
                       .pageviews = pageviews,
                       .visitors = 1});
        const local_seconds local{hour.time_since_epoch()};
        wanted[{local, path, country}] = {pageviews, pageviews % 3 + 1};
    }
    void add_busy_month() {
        for (int day = 0; day < 28; ++day) {
            for (int hour = 0; hour < 24; hour += 3) {
                for (int i = 0; i < 20; ++i)
                    add(june + days{day} + hours{hour}, "/page/" + std::to_string(i), "DE", i + 1);
            }
        }
        for (int i = 0; i < 5'000; ++i) add(june + days{9} + 1h, "/Item/" + std::to_string(i * 7919 % 90'000), "FR");
        for (const char* odd : {"\t", "/Item/\n7", "/\x7f", "\r\n/Item"}) add(june + days{9} + 1h, odd, "FR");
        for (int i = 0; i < 1'300; ++i) add(june + days{20} + 2h, "/viral", "C" + std::to_string(i));
        emulator.add_pageviews(site.str(), raw);
    }
    void expect_everything_once(const std::vector<PageviewHistoryPiece>& pieces) const {
        std::size_t rows = 0;
        for (const PageviewHistoryPiece& piece : pieces) {
            for (const PageviewRow& row : piece.report) {
                const Key key{*row.time, row.fields[Field::pathname], row.fields[Field::country_code]};
                const auto found = wanted.find(key);
                ASSERT_NE(found, wanted.end()) << row;
                EXPECT_EQ(Counts(row.pageviews.value(), row.uniques.value()), found->second) << row;
                ++rows;
            }
        }
        EXPECT_EQ(rows, wanted.size());
    }

    const PageviewHistoryQuery query{.aggregates = {PageviewMetric::pageviews, PageviewMetric::uniques},
                                     .date_grouping = DateGrouping::hour,
                                     .field_grouping = {Field::pathname, Field::country_code},
                                     .timezone = "UTC",
                                     .range = between(first, first + days{27})};
    std::vector<testing::EmulatedPageviews> raw;
    std::map<Key, Counts> wanted;
};
FATHOM_IN_BOTH_DIALECTS(HistoryFlow);

TEST_P(HistoryFlow, HasEachRowOfABusyMonthOnce) {
    add_busy_month();
    const auto pieces = client.aggregations().history(site, query).collect();
    ASSERT_TRUE(pieces) << pieces.error();
    expect_everything_once(*pieces);
    const std::size_t full_buckets = 2;
    const std::size_t packed = 4 + 5 + 2 + 4; // four weeks of 1,120 rows and more, and two hours by answers of 1,000
    EXPECT_LE(emulator.request_count(), packed * 11 / 10 + 3 * full_buckets + 1);
}

TEST_P(HistoryFlow, WorksWithoutWaiting) {
    add_busy_month();
    AsyncClient async(client);
    const auto pieces = async.aggregations().history(site, query).collect().get();
    ASSERT_TRUE(pieces) << pieces.error();
    expect_everything_once(*pieces);
}

TEST_P(HistoryFlow, GoesOnBehindAnyPieceThatWasStored) {
    add_busy_month();
    std::vector<PageviewHistoryPiece> stored;
    std::optional<std::string> place;
    while (true) { // a program that ends after each piece
        auto history = client.aggregations().history(site, query, {.resume_from = place});
        auto piece = history.begin();
        if (piece == history.end()) break;
        ASSERT_TRUE(*piece) << piece->error();
        place = history.last_cursor();
        EXPECT_EQ(place, (*piece)->place);
        stored.push_back((*piece).value());
    }
    expect_everything_once(stored);
}

/// There is no filter by keywords, so they are nothing to seek by.
TEST_P(HistoryFlow, SeeksByWhicheverFieldTakesFilters) {
    for (int i = 0; i < 1'500; ++i) raw.push_back({.at = june, .traits = {.city = "City " + std::to_string(i)}});
    emulator.add_pageviews(site.str(), raw);
    for (const FieldGrouping& fields :
         {FieldGrouping{Field::city, Field::keyword}, FieldGrouping{Field::keyword, Field::city}}) {
        PageviewHistoryQuery by_city = query;
        by_city.date_grouping = DateGrouping::day;
        by_city.field_grouping = fields;
        std::size_t rows = 0;
        for (const auto& piece : client.aggregations().history(site, by_city)) rows += piece.value().report.size();
        EXPECT_EQ(rows, 1'500U);
    }
}

TEST_P(HistoryFlow, IsARangeLikeAnyOther) {
    add_busy_month();
    std::size_t rows = 0;
    for (const auto& piece : client.aggregations().history(site, query) | std::views::take(2)) {
        for (const PageviewRow& row :
             piece.value().report | std::views::filter([](const auto& each) { return each.pageviews > 10; })) {
            EXPECT_GT(row.pageviews, 10);
            ++rows;
        }
    }
    EXPECT_GT(rows, 0U);
    EXPECT_EQ(emulator.request_count(), 3U); // the map, and two pieces
}

TEST_P(HistoryFlow, CountsTheConversionsOfAnEvent) {
    emulator.add_event(site.str(), {.name = "Sold"});
    std::vector<testing::EmulatedConversions> conversions;
    for (int i = 0; i < 1'500; ++i) {
        conversions.push_back({.at = june + 1h, .traits = {.pathname = "/" + std::to_string(i)}, .value_in_cents = i});
    }
    emulator.add_conversions(site.str(), "Sold", conversions);
    const auto pieces = client.aggregations()
                            .history(site, "Sold",
                                     {.aggregates = {EventMetric::value},
                                      .field_grouping = Field::pathname,
                                      .timezone = "UTC",
                                      .range = between(first, first)})
                            .collect();
    ASSERT_TRUE(pieces) << pieces.error();
    std::int64_t value = 0;
    for (const EventRow& row : pieces->at(0).report) {
        EXPECT_EQ(row.conversions, std::nullopt);
        value += row.value.value();
    }
    EXPECT_EQ(value, 1'499 * 1'500 / 2);
}

TEST_P(HistoryFlow, StopsWhenItIsAskedTo) {
    add_busy_month();
    std::stop_source stop;
    std::optional<Error> error;
    for (const auto& piece : client.aggregations().history(site, query, {.call = {.stop = stop.get_token()}})) {
        if (!piece) error = piece.error();
        stop.request_stop();
    }
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind, ErrorKind::cancelled);
}

TEST_P(HistoryFlow, GoesOnThroughAnOutage) {
    add_busy_month();
    emulator.inject(testing::faults::status(503), {.times = 2, .only = {.path_prefix = "/aggregations"}});
    const auto pieces =
        client.aggregations()
            .history(site, query, {.call = {.retry = RetryPolicy{.max_attempts = 9, .base_delay = 1ms}}})
            .collect();
    ASSERT_TRUE(pieces) << pieces.error();
    expect_everything_once(*pieces);
}

TEST_P(HistoryFlow, SendsNothingForAQueryThatIsWrong) {
    const auto error_of = [this](PageviewHistoryQuery wrong, const HistoryOptions& options = {}) {
        return client.aggregations().history(site, wrong, options).collect().error();
    };
    PageviewHistoryQuery wrong = query;
    wrong.timezone.reset();
    wrong.aggregates.clear();
    EXPECT_EQ(error_of(wrong).fields.at(0).field, "aggregates");
    wrong = query;
    wrong.range = between(first, first - days{1});
    EXPECT_EQ(error_of(wrong).fields.at(0).field, "range");
    wrong.range = last_days(0);
    EXPECT_EQ(error_of(wrong).fields.at(0).field, "range");
    EXPECT_EQ(error_of(query, {.resume_from = "somewhere"}).fields.at(0).field, "resume_from");
    EXPECT_EQ(emulator.request_count(), 0U);
}

#if defined(FATHOM_WITH_ZONES)
TEST_P(HistoryFlow, CountsEveryVisitOfTheHoursThatClocksRepeatAndSkip) {
    ClientOptions options = client_options();
    options.time_zones = zones::date_time_zones();
    client = Client(std::move(options));
    for (const local_days change : {local_days{2024y / October / 27}, local_days{2024y / March / 31}}) {
        const sys_seconds begin = sys_days{change.time_since_epoch()} - days{3};
        std::vector<testing::EmulatedPageviews> visits;
        for (int quarter = 0; quarter < 7 * 96; ++quarter) {
            for (int i = 0; i < 8; ++i) {
                visits.push_back({.at = begin + quarter * 15min, .traits = {.pathname = "/" + std::to_string(i)}});
            }
        }
        emulator.add_pageviews(site.str(), visits);
        PageviewHistoryQuery berlin = query;
        berlin.timezone = "Europe/Berlin";
        berlin.range = between(change - days{4}, change + days{5});
        const auto pieces = client.aggregations().history(site, berlin).collect();
        ASSERT_TRUE(pieces) << pieces.error();
        std::int64_t pageviews = 0;
        std::set<Key> keys;
        for (const PageviewHistoryPiece& piece : *pieces) {
            for (const PageviewRow& row : piece.report) {
                pageviews += row.pageviews.value();
                EXPECT_TRUE(keys.emplace(*row.time, row.fields[Field::pathname], "").second) << row;
            }
        }
        EXPECT_EQ(pageviews, 7 * 96 * 8);
    }
}
#endif

/// A service whose order of texts and patterns are others than thought.
class HistoryOfAnotherService
    : public EmulatedService,
      public ::testing::WithParamInterface<std::pair<testing::TextOrder, testing::LetterCase>> {
protected:
    using Counts = std::pair<std::int64_t, std::int64_t>; // pageviews, uniques
};

TEST_P(HistoryOfAnotherService, IsCompleteAllTheSame) {
    testing::EmulatorOptions options = emulator_options(testing::Dialect::live);
    options.reports.text_order = GetParam().first;
    options.reports.matching_case = GetParam().second;
    options.reports.open_order = testing::RowOrder::shuffled;
    emulator = testing::Emulator(options);
    const SiteId shop{emulator.add_site({.name = site_name, .timezone = "UTC"})};
    std::vector<testing::EmulatedPageviews> visits;
    std::map<std::string, Counts> wanted;
    for (int i = 0; i < 2'500; ++i) {
        const std::string path = (i % 2 == 0 ? "/Shop/Item-" : "/shop/item ") + std::to_string(i * 7919 % 60'000);
        const Counts counts{i % 7 + 3, i % 3 + 1};
        visits.push_back({.at = sys_days{2024y / June / 1} + 1h,
                          .traits = {.pathname = path},
                          .uniques = counts.second,
                          .pageviews = counts.first,
                          .visitors = i % 2 + 1}); // the same people at half of all paths
        wanted.emplace(path, counts);
    }
    ASSERT_EQ(wanted.size(), visits.size());
    emulator.add_pageviews(shop.str(), visits);
    const Client client(client_options());
    const auto pieces = client.aggregations()
                            .history(shop, {.aggregates = {PageviewMetric::uniques, PageviewMetric::pageviews},
                                            .date_grouping = DateGrouping::hour,
                                            .field_grouping = Field::pathname,
                                            .timezone = "UTC",
                                            .range = between(2024y / June / 1, 2024y / June / 1)})
                            .collect();
    ASSERT_TRUE(pieces) << pieces.error();
    std::map<std::string, Counts> found;
    for (const PageviewHistoryPiece& piece : *pieces) {
        for (const PageviewRow& row : piece.report) {
            const std::string path(row.fields[Field::pathname]);
            EXPECT_TRUE(found.emplace(path, Counts(row.pageviews.value(), row.uniques.value())).second)
                << path << " comes twice";
        }
    }
    EXPECT_EQ(found, wanted);
}

INSTANTIATE_TEST_SUITE_P(
    Services, HistoryOfAnotherService,
    ::testing::Values(std::pair(testing::TextOrder::binary, testing::LetterCase::ignored),
                      std::pair(testing::TextOrder::case_insensitive, testing::LetterCase::distinguished),
                      std::pair(testing::TextOrder::case_insensitive, testing::LetterCase::ignored),
                      std::pair(testing::TextOrder::punctuation_ignored, testing::LetterCase::distinguished)));

} // namespace
} // namespace fathom
