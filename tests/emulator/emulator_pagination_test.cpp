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

TEST_P(EmulatorPagination, RefusesBadCursorsAndLimits) {
    for (const char* query : {"?limit=0", "?limit=101", "?limit=many", "?limit="})
        EXPECT_EQ(client_.get(std::string("/sites") + query).status, 400) << query;
    EXPECT_EQ(client_.get("/sites?starting_after=" + ids_[0] + "&ending_before=" + ids_[1]).status, 400);
    EXPECT_EQ(client_.get("/sites?starting_after=NONE").status, GetParam() == Dialect::live ? 404 : 400);
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
