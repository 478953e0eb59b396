#include "history/prefixes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <regex>

namespace fathom::detail::history {
namespace {

std::vector<std::string_view> views_of(const std::vector<std::string>& texts) { return {texts.begin(), texts.end()}; }

std::vector<std::string> numbered(const std::string& stem, int first, int last) {
    std::vector<std::string> texts;
    for (int i = first; i <= last; ++i) texts.push_back(stem + std::to_string(i));
    std::sort(texts.begin(), texts.end());
    return texts;
}

TEST(FinishedPrefixes, LeavesBehindWhatCannotComeAgain) {
    const auto values = numbered("/p/", 100, 899);
    FinishedPrefixes done;
    ASSERT_TRUE(done.add_from(views_of(values)));
    EXPECT_EQ(done.pattern(), "^(/p/[1234567]|/p/8[012345678]).*");
}

TEST(FinishedPrefixes, ForgetsLongerBeginningsOfAShorterOne) {
    FinishedPrefixes done;
    ASSERT_TRUE(done.add_from(views_of(numbered("/p/", 100, 899))));
    auto later = numbered("/p/", 900, 999);
    for (const std::string& text : numbered("/q/", 100, 199)) later.push_back(text);
    ASSERT_TRUE(done.add_from(views_of(later)));
    EXPECT_EQ(done.pattern(), "^(/p|/q/1[012345678]).*");
}

TEST(FinishedPrefixes, NeverHoldsTheBeginningOfTheLastValue) {
    auto values = numbered("/Shop/", 100, 600);
    for (const std::string& text : numbered("/shop/", 100, 300)) values.push_back(text);
    FinishedPrefixes done;
    done.add_from(views_of(values));
    const std::regex pattern(done.pattern(), std::regex::icase);
    EXPECT_FALSE(std::regex_search("/shop/300", pattern));
    EXPECT_FALSE(std::regex_search("/Shop/99", pattern));
}

TEST(FinishedPrefixes, WritesSpecialCharactersAsTheyAre) {
    std::vector<std::string> values;
    for (const std::string stem : {"/a.", "/b+", "/c[", "/d\\", "/e^", "/f$", "/g|"}) {
        for (const std::string& text : numbered(stem, 100, 199)) values.push_back(text);
    }
    std::vector<std::string> to_the_end = values;
    for (const std::string& text : numbered("/\u00e9", 100, 199)) to_the_end.push_back(text);
    FinishedPrefixes done;
    ASSERT_TRUE(done.add_from(views_of(to_the_end)));
    const std::regex pattern(done.pattern());
    for (const std::string& value : values) EXPECT_TRUE(std::regex_search(value, pattern)) << value;
    EXPECT_FALSE(std::regex_search("/\u00e9199", pattern));
}

TEST(FinishedPrefixes, SaysWhereNothingIsNew) {
    FinishedPrefixes done;
    const auto values = numbered("/p/", 100, 899);
    ASSERT_TRUE(done.add_from(views_of(values)));
    EXPECT_FALSE(done.add_from(views_of(values)));
}

TEST(SplittingPattern, MatchesAboutHalfWhateverTheCase) {
    std::vector<std::string> values = numbered("/Shop/", 100, 399);
    for (const std::string& text : numbered("/shop/", 400, 699)) values.push_back(text);
    const auto pattern = splitting_pattern(views_of(values));
    ASSERT_TRUE(pattern);
    const std::regex regex(*pattern);
    const auto matched =
        std::ranges::count_if(values, [&](const auto& value) { return std::regex_search(value, regex); });
    EXPECT_GT(matched, 150);
    EXPECT_LT(matched, 450);
}

TEST(SplittingPattern, TellsAFrequentValueFromOthers) {
    std::vector<std::string> values(90, "/");
    for (const std::string& text : numbered("x", 1, 10)) values.push_back(text);
    const auto pattern = splitting_pattern(views_of(values));
    ASSERT_TRUE(pattern);
    EXPECT_TRUE(std::regex_search("/", std::regex(*pattern)));
    EXPECT_FALSE(std::regex_search("x1", std::regex(*pattern)));
}

TEST(SplittingPattern, IsNoneWhereAllAreTheSame) {
    EXPECT_EQ(splitting_pattern({"/a", "/a", "/A"}), std::nullopt);
    EXPECT_EQ(splitting_pattern({"", ""}), std::nullopt);
}

} // namespace
} // namespace fathom::detail::history
