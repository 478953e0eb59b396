// Lists of several pages.
#include <algorithm>
#include <iterator>
#include <ranges>
#include <tuple>

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

class LongListFlow : public InBothDialects {
protected:
    static constexpr std::size_t count = 153; ///< More than one page holds.

    /// Removes each item of a list as it comes. @return how many came
    template <class Item, class Remove>
    [[nodiscard]] static std::size_t remove_each(Items<Item> list, const Remove& remove) {
        std::size_t removed = 0;
        for (const Result<Item>& item : list) {
            if (!item) {
                ADD_FAILURE() << item.error();
                break;
            }
            EXPECT_TRUE(remove(item->id));
            ++removed;
        }
        return removed;
    }
    [[nodiscard]] std::size_t pages_asked() const { return emulator.request_count({.method = "GET"}); }
    void add_milestones() {
        for (std::size_t i = 0; i < count; ++i)
            emulator.add_milestone(site.str(), {.name = "Launch " + std::to_string(i)});
    }
    void add_sites() {
        for (std::size_t i = 1; i < count; ++i) emulator.add_site({.name = "Shop " + std::to_string(i)});
    }
};
FATHOM_IN_BOTH_DIALECTS(LongListFlow);

TEST_P(LongListFlow, GivesAllMilestonesThoughEachIsRemovedWhileTheListIsWalked) {
    add_milestones();
    EXPECT_EQ(remove_each(client.milestones().list(site),
                          [this](const MilestoneId& id) { return client.milestones().remove(site, id).has_value(); }),
              count);
}

TEST_P(LongListFlow, GivesAllSitesThoughEachIsRemovedWhileTheListIsWalked) {
    add_sites();
    EXPECT_EQ(remove_each(client.sites().list(),
                          [this](const SiteId& id) { return client.sites().remove(id, irreversible).has_value(); }),
              count);
    EXPECT_EQ(pages_asked(), 3U) << "a page, nothing behind an item that is gone, and the rest from the start";
}

TEST_P(LongListFlow, GivesAllSitesThoughEachIsRemovedWhileAnAsyncListIsWalked) {
    add_sites();
    const AsyncClient async(client);
    AsyncItems<Site> sites = async.sites().list();
    std::size_t removed = 0;
    while (true) {
        const Result<std::optional<Page<Site>>> page = sites.next_page().get();
        ASSERT_TRUE(page) << page.error();
        if (!*page) break;
        EXPECT_EQ((*page)->has_more, removed + (*page)->data.size() < count);
        for (const Site& one : (*page)->data) {
            EXPECT_TRUE(client.sites().remove(one.id, irreversible));
            ++removed;
        }
    }
    EXPECT_EQ(removed, count);
}

TEST_P(LongListFlow, TakesOneRequestForAHundredThatAreTakenFromTheFront) {
    add_milestones();
    std::size_t taken = 0;
    for (const Result<Milestone>& milestone : client.milestones().list(site) | std::views::take(100))
        taken += milestone ? 1U : 0U;
    EXPECT_EQ(taken, 100U);
    EXPECT_EQ(pages_asked(), 1U);
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

/// A list of events that the live service has sorted by name, in one of the orders that its database may have.
class NamesInOrder : public ::testing::TestWithParam<std::tuple<testing::TextOrder, testing::EventIds>> {
protected:
    static testing::EmulatorOptions options() {
        testing::EmulatorOptions options;
        options.dialect = testing::Dialect::live;
        options.sample_data = testing::SampleData::none;
        options.limits.enforced = false;
        std::tie(options.reports.text_order, options.event_ids) = GetParam();
        return options;
    }
    static std::string cursor_of(const Event& event) { return event.id ? event.id->str() : event.name; }
    /// The names in front of a cursor, as a walk backward gives them.
    [[nodiscard]] std::vector<std::string> walked_back(const std::string& cursor, int page_size) const {
        std::vector<std::string> walked;
        const ListOptions back{.page_size = page_size, .ending_before = cursor};
        for (const Result<Event>& event : client.events().list(site, back)) {
            EXPECT_TRUE(event) << event.error();
            if (!event) break;
            walked.push_back(event->name);
        }
        return walked;
    }

    testing::Emulator emulator{options()};
    SiteId site{emulator.add_site({.id = "CDBUGS"})};
    Client client{testing::client_options(emulator)};
};

TEST_P(NamesInOrder, AreWalkedBackwardWithoutADoubleOrAGap) {
    const std::vector<std::string> names{"Zebra", "a-b", "ab",   "a_c",  "Apple", "-beta", "Beta 2",
                                         "alpha", "B!a", "beta", "zoom", "Query", "Sale",  "view"};
    for (const std::string& name : names) emulator.add_event(site.str(), {.name = name});
    const std::vector<Event> all = client.events().list(site).collect().value();
    ASSERT_EQ(all.size(), names.size());
    for (const int page_size : {1, 2, 3, 5, 100}) {
        std::vector<std::string> in_front;
        for (const Event& event : all) {
            std::vector<std::string> walked = walked_back(cursor_of(event), page_size);
            std::ranges::sort(walked);
            EXPECT_EQ(walked, in_front) << "before " << event.name << ", pages of " << page_size;
            in_front.push_back(event.name);
            std::ranges::sort(in_front);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(EachOrder, NamesInOrder,
                         ::testing::Combine(::testing::Values(testing::TextOrder::binary,
                                                              testing::TextOrder::case_insensitive,
                                                              testing::TextOrder::punctuation_ignored),
                                            ::testing::Values(testing::EventIds::sent, testing::EventIds::absent)));

} // namespace
} // namespace fathom
