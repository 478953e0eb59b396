#include "history/history_walk.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "support/simulated_reports.hpp"
#include "text/percent.hpp"
#include "json/json.hpp"

namespace fathom::detail::history {
namespace {

using namespace std::chrono;

constexpr local_days june{2026y / June / 1};

/// A walk over a simulated service, and what it gives.
class HistoryWalkTest : public ::testing::Test {
protected:
    using Piece = PageviewHistoryPiece;
    using Key = std::tuple<local_seconds, std::string, std::string>;

    [[nodiscard]] Plan<PageviewMetric> plan(local_days first, local_days behind) const {
        return {.query = query,
                .zone = TimeZone::find("UTC").value(),
                .when_incomplete = when_incomplete,
                .fingerprint = 7,
                .begin = first,
                .next = first,
                .end = behind,
                .now = now};
    }
    std::vector<Piece> walk(Plan<PageviewMetric> what) {
        HistoryWalk<PageviewMetric> history(std::move(what));
        std::vector<Piece> pieces;
        while (true) {
            while (auto piece = history.take()) {
                if (!*piece) {
                    failure = piece->error();
                    return pieces;
                }
                pieces.push_back(**std::move(piece));
            }
            if (!history.question()) return pieces;
            questions.push_back(*history.question());
            history.answer(service.answer(questions.back()));
        }
    }
    [[nodiscard]] static Key key_of(const PageviewRow& row) {
        return {*row.time, std::string(row.fields[Field::pathname]), std::string(row.fields[Field::country_code])};
    }
    /// That the walk ends with that failure.
    void expect_truncated(Plan<PageviewMetric> what) {
        walk(std::move(what));
        ASSERT_TRUE(failure);
        EXPECT_EQ(failure->kind, ErrorKind::truncated);
    }
    /// That the pieces lie side by side and have each row of the service once, as it is there.
    void expect_all(const std::vector<Piece>& pieces, local_seconds from, local_seconds until) {
        ASSERT_FALSE(failure) << *failure;
        std::map<Key, PageviewRow> given;
        for (const Piece& piece : pieces) {
            EXPECT_EQ(piece.from, from);
            from = piece.until;
            for (const PageviewRow& row : piece.report) {
                EXPECT_TRUE(piece.from <= *row.time && *row.time < piece.until);
                EXPECT_TRUE(given.emplace(key_of(row), row).second) << "twice: " << row;
            }
        }
        EXPECT_EQ(from, until);
        const auto wanted = service.all({.aggregates = query.aggregates,
                                         .date_grouping = query.date_grouping,
                                         .field_grouping = query.field_grouping});
        EXPECT_EQ(given.size(), wanted.size());
        for (const PageviewRow& row : wanted) {
            const auto found = given.find(key_of(row));
            ASSERT_NE(found, given.end()) << "missing: " << row;
            EXPECT_EQ(found->second.uniques, row.uniques);
            EXPECT_EQ(found->second.pageviews, row.pageviews);
        }
    }
    void add_paths(local_seconds hour, int count, const std::string& stem = "/page-") {
        for (int i = 0; i < count; ++i) {
            service.add(
                {.hour = hour, .values = {stem + std::to_string(i * 7919 % 100'000), "DE"}, .uniques = i % 5 + 1});
        }
    }

    SimulatedReports service;
    PageviewHistoryQuery query{.aggregates = {PageviewMetric::uniques},
                               .date_grouping = DateGrouping::hour,
                               .field_grouping = Field::pathname};
    local_seconds now = june + 365 * 24h;
    WhenIncomplete when_incomplete = WhenIncomplete::fail;
    std::vector<PageviewQuery> questions;
    std::optional<Error> failure;
};

TEST_F(HistoryWalkTest, PacksWholeBucketsIntoAnswers) {
    for (int hour = 0; hour < 10 * 24; ++hour) add_paths(june + hours{hour}, 106);
    expect_all(walk(plan(june, june + days{10})), june, june + days{10});
    EXPECT_EQ(service.requests, 240U / 9 + 1); // nine hours fit into an answer
}

TEST_F(HistoryWalkTest, IsDoneAtTheEndOfTheHourThatIsNotOver) {
    now = june + 2h + 20min;
    for (int hour = 0; hour < 3; ++hour) add_paths(june + hours{hour}, 1);
    const auto pieces = walk(plan(june, june + days{1}));
    EXPECT_EQ(pieces.back().until, june + 3h);
    EXPECT_EQ(pieces.back().progress.part_done, 1);
    EXPECT_EQ(pieces.back().progress.requests_to_come, 0);
}

TEST_F(HistoryWalkTest, AsksForNoHourWithoutTheOneMetricThatAddsUpAndGivesNoneThatWasNotAsked) {
    add_paths(june, 3);
    const auto pieces = walk(plan(june, june + days{1}));
    ASSERT_EQ(pieces.size(), 1U);
    EXPECT_EQ(pieces[0].report[0].pageviews, std::nullopt);
    EXPECT_EQ(questions[0].aggregates.size(), 2U);
}

TEST_F(HistoryWalkTest, FetchesAnHourOf5000PathsInSevenRequestsAndTheirSum) {
    add_paths(june + 5h, 5'000);
    add_paths(june + 6h, 10);
    const auto pieces = walk(plan(june, june + days{1}));
    expect_all(pieces, june, june + days{1});
    EXPECT_LE(service.requests, 2U + 8U);
    for (const Piece& piece : pieces) EXPECT_FALSE(piece.report.possibly_truncated());
}

TEST_F(HistoryWalkTest, ProvesThatExactlyAThousandRowsAreAll) {
    add_paths(june, 1'000);
    expect_all(walk(plan(june, june + days{1})), june, june + days{1});
    EXPECT_EQ(service.requests, 3U); // the cut answer, the sum, the rest of the day
}

TEST_F(HistoryWalkTest, PartsOnePathBy1300Countries) {
    query.field_grouping = {Field::pathname, Field::country_code};
    for (int i = 0; i < 1'300; ++i) service.add({.hour = june, .values = {"/", "C" + std::to_string(i)}});
    add_paths(june, 300, "/z");
    expect_all(walk(plan(june, june + days{1})), june, june + days{1});
    EXPECT_LE(service.requests, 8U);
}

TEST_F(HistoryWalkTest, AsksForABusyTimeBucketByBucket) {
    for (int hour = 0; hour < 24; ++hour) add_paths(june + hours{hour}, 1'500);
    expect_all(walk(plan(june, june + days{1})), june, june + days{1});
    EXPECT_LE(service.requests, 24U * 4U);
}

TEST_F(HistoryWalkTest, SkipsWeeksWithoutAVisit) {
    const local_days far = june + days{170};
    add_paths(june, 5);
    add_paths(far, 5);
    expect_all(walk(plan(june, june + days{180})), june, june + days{180});
    EXPECT_EQ(service.requests, 3U); // the map, and two weeks
}

TEST_F(HistoryWalkTest, BeginsWithTheFirstVisitWhereNoStartIsNamed) {
    query.date_grouping = DateGrouping::day;
    add_paths(june + days{40}, 5);
    auto what = plan(june, june + days{60});
    what.begin.reset();
    const local_days july{2026y / July / 1};
    expect_all(walk(std::move(what)), july, june + days{60});
    EXPECT_EQ(service.requests, 2U);
}

TEST_F(HistoryWalkTest, GivesNothingWhereNobodyHasEverCome) {
    auto what = plan(june, june + days{60});
    what.begin.reset();
    EXPECT_TRUE(walk(std::move(what)).empty());
    EXPECT_EQ(service.requests, 1U);
}

TEST_F(HistoryWalkTest, GivesTheOpenBucketLastAndMarked) {
    now = june + days{2} + 5h + 30min;
    for (int hour = 0; hour <= 2 * 24 + 5; ++hour) add_paths(june + hours{hour}, 2);
    const auto pieces = walk(plan(june, june + days{3}));
    expect_all(pieces, june, june + days{2} + 6h);
    ASSERT_EQ(pieces.size(), 2U);
    EXPECT_TRUE(pieces[0].is_over);
    EXPECT_FALSE(pieces[1].is_over);
    EXPECT_EQ(pieces[1].from, june + days{2} + 5h);
    EXPECT_EQ(pieces[1].place, pieces[0].place); // to be fetched again
}

TEST_F(HistoryWalkTest, GoesOnFromTheStoredPlaceOfAnyPiece) {
    for (int hour = 0; hour < 48; ++hour) add_paths(june + hours{hour}, 300);
    const auto pieces = walk(plan(june, june + days{2}));
    for (std::size_t stored = 0; stored < pieces.size(); ++stored) {
        const Place place = parse_place(pieces[stored].place).value();
        EXPECT_EQ(place.next, pieces[stored].until);
        auto what = plan(june, june + days{2});
        what.next = place.next;
        const auto rest = walk(std::move(what));
        ASSERT_EQ(rest.size(), pieces.size() - stored - 1);
        for (std::size_t i = 0; i < rest.size(); ++i) EXPECT_EQ(rest[i].report, pieces[stored + 1 + i].report);
    }
}

TEST_F(HistoryWalkTest, TellsHowFarItIs) {
    for (int hour = 0; hour < 48; ++hour) add_paths(june + hours{hour}, 300);
    const auto pieces = walk(plan(june, june + days{2}));
    double last = 0;
    for (const Piece& piece : pieces) {
        EXPECT_GT(piece.progress.part_done, last);
        last = piece.progress.part_done;
    }
    EXPECT_DOUBLE_EQ(last, 1.0);
    EXPECT_EQ(pieces.back().progress.requests_to_come, 0);
    EXPECT_GE(pieces.front().progress.requests_to_come, 10);
}

TEST_F(HistoryWalkTest, ForetellsNoRequestsForDaysOnWhichNobodyCame) {
    for (int part = 0; part < 6; ++part) add_paths(june + days{180 * part}, 1);
    now = june + days{1'100};
    const auto pieces = walk(plan(june, june + days{1'080}));
    const auto& progress = pieces.front().progress;
    EXPECT_LE(progress.requests_to_come, static_cast<std::int64_t>(service.requests) - progress.requests_made);
    EXPECT_GE(progress.requests_to_come, 5);
}

TEST_F(HistoryWalkTest, FailsWhereTheSumShowsThatARowIsMissing) {
    add_paths(june, 1'500);
    service.lost_pageviews = 1;
    expect_truncated(plan(june, june + days{1}));
    ASSERT_TRUE(failure);
    EXPECT_NE(failure->message.find("2026-06-01 00:00:00"), std::string::npos);
    EXPECT_NE(failure->message.find("1500 of 1501"), std::string::npos) << *failure;
}

TEST_F(HistoryWalkTest, MarksWhatItCannotProveWhereThatWasAsked) {
    add_paths(june, 1'500);
    service.lost_pageviews = 1;
    when_incomplete = WhenIncomplete::mark;
    const auto pieces = walk(plan(june, june + days{1}));
    ASSERT_FALSE(failure);
    EXPECT_FALSE(pieces[0].is_complete);
    EXPECT_TRUE(pieces[0].report.possibly_truncated());
    EXPECT_TRUE(pieces[1].is_complete);
}

TEST_F(HistoryWalkTest, FailsOnMoreValuesThanCanBeReachedByEquality) {
    query.field_grouping = Field::country_code;
    for (int i = 0; i < 2'500; ++i) service.add({.hour = june, .values = {"/", "C" + std::to_string(i)}});
    expect_truncated(plan(june, june + days{1}));
}

TEST_F(HistoryWalkTest, ReachesTwoThousandValuesFromBothEnds) {
    query.field_grouping = Field::country_code;
    for (int i = 0; i < 1'900; ++i) service.add({.hour = june, .values = {"/", "C" + std::to_string(i)}});
    expect_all(walk(plan(june, june + days{1})), june, june + days{1});
}

TEST_F(HistoryWalkTest, FailsSoonOnAServiceThatIgnoresFilters) {
    add_paths(june, 5'000);
    service.ignores_filters = true;
    expect_truncated(plan(june, june + days{1}));
    EXPECT_LE(service.requests, 10U);
}

TEST_F(HistoryWalkTest, FailsSoonOnAServiceThatIgnoresFiltersAndShufflesItsRows) {
    add_paths(june, 1'000);
    service.ignores_filters = service.shuffles = true;
    service.lost_pageviews = 1;
    expect_truncated(plan(june, june + days{1}));
    EXPECT_LE(service.requests, 10U);
}

TEST_F(HistoryWalkTest, EndsOnAServiceThatAnswersWhateverItLikes) {
    add_paths(june, 1'500);
    auto some = service.all({.aggregates = {PageviewMetric::pageviews},
                             .date_grouping = DateGrouping::hour,
                             .field_grouping = Field::pathname});
    std::vector<PageviewRow> others(some.begin() + 500, some.end());
    some.resize(1'000);
    HistoryWalk<PageviewMetric> history(plan(june, june + days{1}));
    for (int request = 0; request < 400 && history.question(); ++request) {
        const bool is_total = history.question()->field_grouping.empty();
        if (is_total) {
            history.answer({{.time = june, .pageviews = 9'999}});
        } else {
            history.answer(request % 2 == 0 ? some : others);
        }
    }
    EXPECT_FALSE(history.question());
    const auto piece = history.take();
    ASSERT_TRUE(piece && !*piece);
    EXPECT_EQ(piece->error().kind, ErrorKind::truncated);
}

TEST_F(HistoryWalkTest, LeavesNoValueOutTwiceThatTheServiceDoesNotKnowByItsText) {
    query.field_grouping = {Field::pathname, Field::country_code};
    service.unfindable = "";
    for (int i = 0; i < 2'500; ++i) service.add({.hour = june, .values = {"", "C" + std::to_string(i)}});
    expect_truncated(plan(june, june + days{1}));
    EXPECT_LE(service.requests, 10U);
}

TEST_F(HistoryWalkTest, PartsAValueThatTheServiceDoesNotKnowByItsTextByAnotherField) {
    query.field_grouping = {Field::pathname, Field::referrer_hostname};
    service.fields = {Field::pathname, Field::referrer_hostname};
    service.unfindable = "";
    for (int i = 0; i < 1'500; ++i) service.add({.hour = june, .values = {"", std::to_string(i * 7919 % 9'000)}});
    const auto pieces = walk(plan(june, june + days{1}));
    ASSERT_FALSE(failure) << *failure;
    EXPECT_EQ(pieces.at(0).report.size(), 1'500U);
}

TEST_F(HistoryWalkTest, WritesFiltersThatFitIntoAnAddressOf8000Bytes) {
    const std::string long_value(1'800, '?'); // each of which takes three bytes
    query.filters = {Field::pathname != long_value};
    for (const std::string stem : {"/\u00e4[", "/\u00f6[", "/\\", "/\""})
        add_paths(june, 400, stem + std::string(60, '?'));
    when_incomplete = WhenIncomplete::mark;
    walk(plan(june, june + days{1}));
    ASSERT_FALSE(failure) << *failure;
    for (const PageviewQuery& question : questions) {
        EXPECT_LE(percent_encoded(json::encode_filters(question.filters)).size(), 6'000U);
    }
}

TEST_F(HistoryWalkTest, TakesNoSumOfNothingForAProof) {
    add_paths(june, 1'500);
    service.counts_pageviews = false;
    expect_truncated(plan(june, june + days{1}));
}

TEST_F(HistoryWalkTest, GivesTheBucketInWhichTheRangeEndsByItselfAndNotOver) {
    query.date_grouping = DateGrouping::month;
    for (int day = 0; day < 60; ++day) add_paths(june + days{day}, 3);
    const local_days july{2026y / July / 1};
    const auto pieces = walk(plan(june, july + days{10}));
    ASSERT_EQ(pieces.size(), 2U);
    EXPECT_EQ(pieces[0].until, july);
    EXPECT_TRUE(pieces[0].is_over);
    EXPECT_EQ(pieces[1].until, july + days{10});
    EXPECT_FALSE(pieces[1].is_over);
    EXPECT_EQ(pieces[1].place, pieces[0].place);
}

TEST_F(HistoryWalkTest, HasABucketOnceInWhichAnEarlierRangeEnded) {
    query.date_grouping = DateGrouping::month;
    for (int day = 0; day < 61; ++day) add_paths(june + days{day}, 3);
    const local_days august{2026y / August / 1};
    auto pieces = walk(plan(june, june + days{40}));
    std::erase_if(pieces, [](const Piece& piece) { return !piece.is_over; }); // as programs are told
    auto later = plan(june, august);
    later.next = parse_place(pieces.back().place).value().next;
    for (Piece& piece : walk(std::move(later))) pieces.push_back(std::move(piece));
    expect_all(pieces, june, august);
}

TEST_F(HistoryWalkTest, AsksOnceForMonthsWhoseRangeEndsWithThem) {
    query.date_grouping = DateGrouping::month;
    for (int day = 0; day < 61; ++day) add_paths(june + days{day}, 3);
    const auto pieces = walk(plan(june, local_days{2026y / August / 1}));
    ASSERT_EQ(pieces.size(), 1U);
    EXPECT_TRUE(pieces[0].is_over);
    EXPECT_EQ(service.requests, 1U);
}

TEST_F(HistoryWalkTest, RefusesRowsFromOutsideOfTheWindow) {
    HistoryWalk<PageviewMetric> history(plan(june, june + days{1}));
    history.answer({{.time = june + days{9}, .pageviews = 1}});
    const auto piece = history.take();
    ASSERT_TRUE(piece && !*piece);
    EXPECT_EQ(piece->error().kind, ErrorKind::decode);
}

TEST_F(HistoryWalkTest, AsksForOneBucketAtATimeWhereAnswersAreNotInOrderOfTime) {
    for (int hour = 0; hour < 12; ++hour) add_paths(june + hours{hour}, 200);
    HistoryWalk<PageviewMetric> history(plan(june, june + days{1}));
    std::vector<Piece> pieces;
    while (history.question()) {
        std::vector<PageviewRow> rows = service.answer(*history.question());
        std::ranges::reverse(rows);
        history.answer(std::move(rows));
        while (auto piece = history.take()) pieces.push_back(piece->value());
    }
    expect_all(pieces, june, june + days{1});
}

/// Any order of texts, any engine of patterns, any kind of values: all rows, or the sum would have told.
class HistoryWalkOnAnyService
    : public HistoryWalkTest,
      public ::testing::WithParamInterface<std::tuple<SimulatedReports::TextOrder, bool, bool>> {
protected:
    HistoryWalkOnAnyService() {
        std::tie(service.order, service.patterns_ignore_case, service.patterns_match_whole_text) = GetParam();
    }
};

TEST_P(HistoryWalkOnAnyService, FindsEveryRowOfAFullBucket) {
    const std::vector<std::string> stems{"/Shop/Item-", "/shop/item ", "/a.b+c?(d)[e]|f$^\\g/", "/caf\u00e9/\u732b"};
    for (int i = 0; i < 2'400; ++i) {
        const std::string path = stems[static_cast<std::size_t>(i) % 4] + std::to_string(i * 7919 % 50'000);
        service.add({.hour = june, .values = {path, "DE"}, .uniques = i % 7 + 1});
    }
    service.add({.hour = june, .values = {"", "DE"}});
    expect_all(walk(plan(june, june + days{1})), june, june + days{1});
    EXPECT_LE(service.requests, 30U);
}

INSTANTIATE_TEST_SUITE_P(Services, HistoryWalkOnAnyService,
                         ::testing::Combine(::testing::Values(SimulatedReports::TextOrder::binary,
                                                              SimulatedReports::TextOrder::case_insensitive,
                                                              SimulatedReports::TextOrder::punctuation_ignored),
                                            ::testing::Bool(), ::testing::Bool()));

} // namespace
} // namespace fathom::detail::history
