// Lists of several pages.
#include <algorithm>
#include <iterator>
#include <ranges>

#include "emulated_service.hpp"

namespace fathom {
namespace {

using namespace std::chrono_literals;

static_assert(std::ranges::input_range<Items<Site>>);
static_assert(std::ranges::input_range<Pages<Event>>);
static_assert(std::is_nothrow_move_constructible_v<Items<Site>>);

class ListFlow : public InBothDialects {
protected:
    ListFlow() {
        for (int number = 1; number <= 7; ++number) {
            names.push_back("Launch " + std::to_string(number));
            emulator.add_milestone(site.str(), {.name = names.back(),
                                                .created_at = std::chrono::sys_seconds{1'700'000'000s + number * 1h}});
        }
    }

    [[nodiscard]] Items<Milestone> list(const ListOptions& options) const {
        return client.milestones().list(site, options);
    }
    [[nodiscard]] std::size_t requests() const { return emulator.request_count({.method = "GET"}); }

    static std::vector<std::string> names_of(const std::vector<Milestone>& milestones) {
        std::vector<std::string> all;
        for (const Milestone& milestone : milestones) all.push_back(milestone.name);
        return all;
    }
    /// Oldest or newest first, as the service has it.
    [[nodiscard]] std::vector<std::string> all_names() const { return names_of(list({}).collect().value()); }

    std::vector<std::string> names{};
};
FATHOM_IN_BOTH_DIALECTS(ListFlow);

TEST_P(ListFlow, TakesOneRequestForUpToAHundred) {
    EXPECT_EQ(list({}).collect().value().size(), 7U);
    EXPECT_EQ(requests(), 1U);
    EXPECT_EQ(emulator.requests().at(0).parameter("limit"), "100");
}

TEST_P(ListFlow, GivesEachItemOnceOverSeveralPages) {
    EXPECT_EQ(names_of(list({.page_size = 3}).collect().value()), all_names());
}

TEST_P(ListFlow, FetchesNoPageThatIsNotWalked) {
    auto milestones = list({.page_size = 3});
    auto position = milestones.begin();
    for (int item = 1; item < 3; ++item) ++position;
    ++position;
    EXPECT_EQ(requests(), 1U) << "nobody has asked for the fourth yet";
    EXPECT_NE(position, milestones.end());
    EXPECT_EQ(requests(), 2U);
}

TEST_P(ListFlow, TakesOneRequestForAWholePageThatIsTakenFromTheFront) {
    int taken = 0;
    for (const Result<Milestone>& milestone : list({.page_size = 3}) | std::views::take(3)) taken += milestone ? 1 : 0;
    EXPECT_EQ(taken, 3);
    EXPECT_EQ(requests(), 1U);

    for (const Result<Milestone>& milestone : list({.page_size = 3})) {
        if (milestone && ++taken == 6) break;
    }
    EXPECT_EQ(requests(), 2U);
}

TEST_P(ListFlow, GivesAllItemsThoughEachIsRemovedWhileTheListIsWalked) {
    std::vector<std::string> removed;
    for (const Result<Milestone>& milestone : list({.page_size = 3})) {
        ASSERT_TRUE(milestone) << milestone.error();
        EXPECT_TRUE(client.milestones().remove(site, milestone->id));
        removed.push_back(milestone->name);
    }
    std::ranges::sort(removed);
    EXPECT_EQ(removed, names);
    EXPECT_TRUE(all_names().empty());
}

TEST_P(ListFlow, GivesTheRestWhereOnlyTheItemThatThePageEndedWithIsRemoved) {
    std::vector<std::string> walked;
    for (const Result<Milestone>& milestone : list({.page_size = 3})) {
        ASSERT_TRUE(milestone) << milestone.error();
        walked.push_back(milestone->name);
        const bool is_last_of_page = walked.size() == 3;
        if (is_last_of_page) {
            ASSERT_TRUE(client.milestones().remove(site, milestone->id));
        }
    }
    EXPECT_EQ(walked.size(), names.size());
    std::ranges::sort(walked);
    EXPECT_EQ(walked, names);
}

TEST_P(ListFlow, StopsCollectingAtTheNumberAsked) {
    EXPECT_EQ(list({.page_size = 3}).collect(3).value().size(), 3U);
    EXPECT_EQ(requests(), 1U);
}

TEST_P(ListFlow, GivesWholePages) {
    std::vector<std::size_t> sizes;
    for (const auto& page : list({.page_size = 3}).pages()) sizes.push_back(page.value().data.size());
    EXPECT_EQ(sizes, (std::vector<std::size_t>{3, 3, 1}));
}

TEST_P(ListFlow, GoesOnFromACursor) {
    auto first = list({.page_size = 3}).pages();
    ASSERT_NE(first.begin(), first.end());
    const auto rest = list({.page_size = 3, .starting_after = first.last_cursor()}).collect().value();
    const auto all = all_names();
    EXPECT_EQ(names_of(rest), std::vector<std::string>(all.begin() + 3, all.end()));
}

TEST_P(ListFlow, WalksBackwardFromACursorToTheStart) {
    const auto all = list({}).collect().value();
    const auto before = list({.page_size = 2, .ending_before = all.at(5).id.str()}).collect().value();
    auto expected = all_names();
    expected.resize(5);
    std::ranges::reverse(expected);
    EXPECT_EQ(names_of(before), expected);
}

TEST_P(ListFlow, FetchesTwoPagesAheadIfAsked) {
    auto milestones = list({.page_size = 1, .prefetch = true});
    auto milestone = milestones.begin();
    ASSERT_NE(milestone, milestones.end());
    EXPECT_TRUE(emulator.wait_for_requests(3, 5s));
    EXPECT_EQ(emulator.request_count(), 3U);
    ++milestone;
    EXPECT_NE(milestone, milestones.end());
    EXPECT_TRUE(emulator.wait_for_requests(4, 5s));
    EXPECT_EQ(emulator.request_count(), 4U);
}

TEST_P(ListFlow, KeepsTheLastCursorBehindWhatItGaveWhenFetchingAhead) {
    auto pages = list({.page_size = 2, .prefetch = true}).pages();
    const auto first = pages.begin();
    EXPECT_TRUE(emulator.wait_for_requests(3, 5s)) << "the second page has come";
    EXPECT_EQ(pages.last_cursor(), first->value().data.back().id.str());
}

TEST_P(ListFlow, GivesTheSameItemsWhenFetchingAhead) {
    EXPECT_EQ(names_of(list({.page_size = 2, .prefetch = true}).collect().value()), all_names());
}

TEST_P(ListFlow, EndsAfterAnErrorAndCanGoOnFromTheLastCursor) {
    emulator.inject(testing::faults::status(403), {.after = 1});
    auto milestones = list({.page_size = 3});
    std::vector<Milestone> walked;
    std::optional<Error> error;
    for (const Result<Milestone>& milestone : milestones) {
        if (milestone) {
            walked.push_back(*milestone);
        } else {
            ASSERT_FALSE(error) << "a second error";
            error = milestone.error();
        }
    }
    EXPECT_EQ(walked.size(), 3U);
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind, ErrorKind::forbidden);

    for (const Milestone& milestone : list({.starting_after = milestones.last_cursor()}).collect().value()) {
        walked.push_back(milestone);
    }
    EXPECT_EQ(names_of(walked), all_names());
}

TEST_P(ListFlow, GivesUpAServiceThatRepeatsItself) {
    emulator.inject(testing::faults::answer(200, R"({"data":[],"has_more":true})"), {.times = 0});
    const auto milestones = list({}).collect();
    ASSERT_FALSE(milestones);
    EXPECT_EQ(milestones.error().kind, ErrorKind::pagination);
    EXPECT_EQ(requests(), 1U);
}

TEST(EventsWithoutIds, AreWalkedByTheirNames) {
    testing::EmulatorOptions options;
    options.dialect = testing::Dialect::live;
    options.sample_data = testing::SampleData::none;
    options.event_ids = testing::EventIds::absent;
    testing::Emulator emulator{options};
    const SiteId site{emulator.add_site({.id = "CDBUGS"})};
    const std::vector<std::string> all{"a b", "c/d", "e,f", "g&h", "\u00FC"};
    for (const std::string& name : all) emulator.add_event(site.str(), {.id = "ID-" + name, .name = name});
    const Client client{testing::client_options(emulator)};

    std::vector<std::string> seen;
    for (const Event& event : client.events().list(site, {.page_size = 2}).collect().value()) {
        EXPECT_EQ(event.id, std::nullopt);
        seen.push_back(event.name);
    }
    EXPECT_EQ(seen, all);
    EXPECT_EQ(emulator.request_count(), 3U);
}

} // namespace
} // namespace fathom
