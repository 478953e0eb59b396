// Lists, in both dialects.
#include <gtest/gtest.h>

#include "raw_client.hpp"

namespace fathom::testing {
namespace {

std::vector<std::string> names_in(const nlohmann::json& list) {
    std::vector<std::string> names;
    for (const auto& item : list.at("data")) names.push_back(item.at("name"));
    return names;
}

using Names = std::vector<std::string>;

class EmulatorPagination : public ::testing::TestWithParam<Dialect> {
protected:
    EmulatorPagination() {
        for (int number = 1; number <= 12; ++number)
            ids_.push_back(emulator_.add_site({.name = std::to_string(number)}));
    }

    nlohmann::json list(const std::string& query) { return client_.get("/sites" + query).json(); }

    Emulator emulator_{empty_emulator(GetParam())};
    RawClient client_{emulator_};
    std::vector<std::string> ids_{};
};

TEST_P(EmulatorPagination, GivesTenUnlessAskedOtherwise) {
    EXPECT_EQ(names_in(list("")).size(), 10U);
    EXPECT_EQ(list("").at("has_more"), true);
    EXPECT_EQ(names_in(list("?limit=12")).size(), 12U);
    EXPECT_EQ(list("?limit=12").at("has_more"), false);
    EXPECT_EQ(list("").at("object"), "list");
}

TEST_P(EmulatorPagination, WalksForward) {
    EXPECT_EQ(names_in(list("?limit=3&starting_after=" + ids_[8])), (Names{"10", "11", "12"}));
    EXPECT_EQ(list("?limit=3&starting_after=" + ids_[8]).at("has_more"), false);
    EXPECT_EQ(list("?limit=2&starting_after=" + ids_[8]).at("has_more"), true);
    EXPECT_TRUE(names_in(list("?starting_after=" + ids_[11])).empty());
}

TEST_P(EmulatorPagination, WalksBackwardInTheDialectsOrder) {
    const bool is_live = GetParam() == Dialect::live;
    EXPECT_EQ(names_in(list("?limit=3&ending_before=" + ids_[4])),
              is_live ? (Names{"4", "3", "2"}) : (Names{"2", "3", "4"}));
    EXPECT_EQ(list("?limit=3&ending_before=" + ids_[4]).at("has_more"), true);
    EXPECT_EQ(names_in(list("?limit=3&ending_before=" + ids_[1])), Names{"1"});
    EXPECT_EQ(list("?limit=3&ending_before=" + ids_[1]).at("has_more"), false);
}

TEST(EmulatorPaginationLive, RefusesBadCursorsAndLimits) {
    Emulator emulator{empty_emulator(Dialect::live)};
    const std::string first = emulator.add_site();
    const std::string second = emulator.add_site();
    RawClient client{emulator};
    for (const char* query : {"?limit=0", "?limit=101", "?limit=many"})
        EXPECT_EQ(client.get(std::string("/sites") + query).status, 400) << query;
    EXPECT_EQ(client.get("/sites?starting_after=" + first + "&ending_before=" + second).status, 400);
    EXPECT_EQ(client.get("/sites?starting_after=NONE").status, 404);
    EXPECT_EQ(client.get("/sites/" + first + "/events?ending_before=NONE").status, 404);
}

// The description of the list of sites has no status but 200 and 401; those of a site's own lists have 404 too.
TEST(EmulatorPaginationOfTheSpecification, AnswersBadCursorsAndLimitsWithWhatTheDescriptionHas) {
    Emulator emulator{empty_emulator()};
    std::vector<std::string> ids;
    for (int number = 1; number <= 12; ++number) ids.push_back(emulator.add_site({.name = std::to_string(number)}));
    RawClient client{emulator};
    const auto names = [&](const std::string& query) { return names_in(client.get("/sites" + query).json()); };
    EXPECT_EQ(names("?limit=0"), Names{"1"});
    EXPECT_EQ(names("?limit=-5"), Names{"1"});
    EXPECT_EQ(names("?limit=101").size(), 12U);
    EXPECT_EQ(names("?limit=many").size(), 10U);
    EXPECT_EQ(names("?limit=99999999999999999999").size(), 10U);
    EXPECT_TRUE(names("?starting_after=NONE").empty());
    EXPECT_TRUE(names("?ending_before=NONE").empty());
    EXPECT_TRUE(names("?starting_after=").empty());
    EXPECT_EQ(names("?starting_after=" + ids[1] + "&ending_before=" + ids[4]), (Names{"3", "4"}));
    for (const char* list : {"/events", "/milestones"})
        EXPECT_EQ(client.get("/sites/" + ids[0] + list + "?starting_after=NONE").status, 404) << list;
}

TEST_P(EmulatorPagination, KeepsTheListsOfSitesApart) {
    emulator_.add_event(ids_[0], {.id = "shared", .name = "first"});
    emulator_.add_event(ids_[1], {.id = "shared", .name = "second"});
    emulator_.add_milestone(ids_[1], {.name = "launch"});
    EXPECT_EQ(names_in(client_.get("/sites/" + ids_[1] + "/events").json()), Names{"second"});
    EXPECT_EQ(names_in(client_.get("/sites/" + ids_[1] + "/milestones").json()), Names{"launch"});
    EXPECT_TRUE(names_in(client_.get("/sites/" + ids_[0] + "/milestones").json()).empty());
}

INSTANTIATE_TEST_SUITE_P(BothDialects, EmulatorPagination, ::testing::Values(Dialect::specification, Dialect::live),
                         [](const auto& dialect) { return dialect.param == Dialect::live ? "live" : "specification"; });

} // namespace
} // namespace fathom::testing
