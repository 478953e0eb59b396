#include <fathom/fathom.hpp>

#include <gtest/gtest.h>

#include <map>
#include <type_traits>
#include <unordered_set>

#include "support/printed.hpp"

namespace fathom {
namespace {

template <class A, class B>
concept Comparable = requires(const A& a, const B& b) { a == b; };
template <class A, class B>
concept Ordered = requires(const A& a, const B& b) { a < b; };
template <class T>
concept Condition = std::is_constructible_v<bool, T>;

// What does not mean anything does not compile.
static_assert(!Comparable<Sharing, Currency> && !Comparable<Sharing, CurrencyValues::Value>);
static_assert(!Comparable<SharingValues::Value, CurrencyValues::Value> && !Comparable<Field, Sharing>);
static_assert(!Comparable<PageviewMetric, EventMetric> && !Comparable<PageviewMetric, EventMetricValues::Value>);
static_assert(!Comparable<Sharing, int> && !Ordered<Sharing, Currency> && !Ordered<Sharing, CurrencyValues::Value>);
static_assert(!Comparable<SiteId, EventId> && !Ordered<SiteId, EventId>);
static_assert(!Condition<Sharing> && !Condition<SharingValues::Value> && !Condition<Field> && !Condition<KnownField>);
static_assert(!Condition<PageviewMetric> && !Condition<Currency> && !Condition<MultiDomainOption>);
static_assert(!std::is_convertible_v<Sharing, int> && !std::is_convertible_v<SharingValues::Value, int>);
static_assert(!std::is_convertible_v<CurrencyValues::Value, Sharing>);

// What does, does.
static_assert(Comparable<Sharing, SharingValues::Value> && Comparable<Field, KnownField>);

TEST(OpenEnum, PrintsTheApisSpelling) {
    EXPECT_EQ(printed(Sharing::public_), "public");
    EXPECT_EQ(printed(Sharing(Sharing::private_)), "private");
    EXPECT_EQ(printed(Sharing("friends")), "friends");
    EXPECT_EQ(printed(Currency::yen), "yen");
    EXPECT_EQ(printed(Field::pathname), "pathname");
    EXPECT_EQ(printed(Field("new")), "new");
    EXPECT_EQ(printed(PageviewMetric::avg_duration), "avg_duration");
    EXPECT_EQ(printed(EventMetric::value), "value");
    EXPECT_EQ(to_string(Field("new")), "new");
    EXPECT_EQ(to_string(PageviewMetric("new")), "new");
}

TEST(OpenEnum, WorksInSwitch) {
    const auto rank = [](const Sharing& sharing) {
        switch (sharing) {
        case Sharing::none: return 1;
        case Sharing::private_: return 2;
        case Sharing::public_: return 3;
        case Sharing::unrecognized: break;
        }
        return 0;
    };
    EXPECT_EQ(rank(Sharing::private_), 2);
    EXPECT_EQ(rank(Sharing("friends")), 0);
}

TEST(OpenEnum, FindsTheKnownValueOfAText) {
    EXPECT_EQ(Sharing("public"), Sharing::public_);
    EXPECT_EQ(Field("country_code"), Field::country_code);
    EXPECT_EQ(EventMetric("value"), EventMetric::value);
    EXPECT_EQ(Sharing("friends"), Sharing::unrecognized);
    EXPECT_FALSE(Sharing("friends").is_known());
}

/// Some of all sorts: known ones, unknown ones, and one without text.
template <class T>
std::vector<T> samples(std::vector<T> known) {
    for (const char* text : {"", "new_a", "new_b", "zzz"}) known.push_back(T(std::string_view(text)));
    return known;
}

template <class T>
void expect_one_order(const std::vector<T>& values) {
    for (const T& a : values) {
        for (const T& b : values) {
            EXPECT_EQ(a == b, a.text() == b.text()) << a << ' ' << b;
            EXPECT_EQ(a == b, (a <=> b) == 0) << a << ' ' << b;
            EXPECT_EQ(a<b, b> a) << a << ' ' << b;
            EXPECT_EQ((a < b) + (a == b) + (a > b), 1) << a << ' ' << b;
            EXPECT_TRUE(a != b || std::hash<T>{}(a) == std::hash<T>{}(b)) << a;
            for (const T& c : values) {
                EXPECT_TRUE(a < c || a >= b || b >= c) << a << ' ' << b << ' ' << c;
            }
        }
    }
}

TEST(OpenEnum, HasOneOrderForAllComparisons) {
    expect_one_order(samples<Sharing>({Sharing::none, Sharing::private_, Sharing::public_}));
    expect_one_order(samples<Field>({Field::pathname, Field::browser, Field::domain}));
    expect_one_order(samples<PageviewMetric>({PageviewMetric::visits, PageviewMetric::bounce_rate}));
    expect_one_order(samples<Currency>({Currency::dollar, Currency::none}));
}

TEST(OpenEnum, ComparesWithAKnownValueByTheSameOrder) {
    EXPECT_LT(Sharing("new"), Sharing::none);
    EXPECT_GT(Sharing(Sharing::public_), Sharing::none);
    EXPECT_LE(Field("new"), Field::hostname);
    EXPECT_TRUE(Sharing("new") <= Sharing::unrecognized && Sharing("new") >= Sharing::unrecognized);
}

TEST(OpenEnum, IsAKeyWithoutLosingTheUnknown) {
    std::map<Field, int> counts{{Field("new_a"), 1}, {Field("new_b"), 2}, {Field::pathname, 3}, {Field("new_a"), 4}};
    EXPECT_EQ(counts.size(), 3U);
    EXPECT_EQ(counts.at(Field("new_a")), 1);
    EXPECT_EQ(counts.at(Field::pathname), 3);

    const std::unordered_set<PageviewMetric> metrics{PageviewMetric::visits, PageviewMetric("a"), PageviewMetric("b"),
                                                     PageviewMetric("visits")};
    EXPECT_EQ(metrics.size(), 3U);
    EXPECT_EQ((std::unordered_set<Field>{Field::ref, Field("ref"), Field("x")}).size(), 2U);
    EXPECT_EQ((std::unordered_set<SiteId>{SiteId("A"), SiteId("B"), SiteId("A")}).size(), 2U);
}

} // namespace
} // namespace fathom
