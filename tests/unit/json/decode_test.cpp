#include <gtest/gtest.h>

#include <fathom/account.hpp>
#include <fathom/current_visitors.hpp>
#include <fathom/events.hpp>
#include <fathom/milestones.hpp>
#include <fathom/sites.hpp>

#include "support/decoding.hpp"

namespace fathom::detail::json {
namespace {

/// The message of the decode error that a body gives.
template <class T>
std::string message_of(std::string_view body) {
    const Result<T> value = decode<T>(body);
    if (value) return "no error";
    EXPECT_EQ(value.error().kind, ErrorKind::decode);
    return value.error().message;
}

TEST(Decode, SkipsUnknownMembersHoweverDeep) {
    const auto site = decode<Site>(R"({"a":{"b":[1,{"c":null}]},"id":"A","d":[[]],"name":"n","e":1e3})");
    ASSERT_TRUE(site);
    EXPECT_EQ(site->name, "n");
}

TEST(Decode, SurvivesUnknownNestingOfAHundredThousandLevels) {
    const std::string deep =
        R"({"x":)" + std::string(100'000, '[') + std::string(100'000, ']') + R"(,"id":"A","name":"n"})";
    EXPECT_TRUE(decode<Site>(deep));
}

TEST(Decode, TakesNumbersForTexts) {
    EXPECT_EQ(decode<Account>(R"({"id":17})").value().id, "17");
    EXPECT_EQ(decode<Account>(R"({"id":18446744073709551615})").value().id, "18446744073709551615");
}

TEST(Decode, TakesTextsForNumbers) {
    for (const char* body : {R"({"total":12})", R"({"total":"12"})", R"({"total":12.0})", R"({"total":"12.0"})"}) {
        EXPECT_EQ(decode<CurrentVisitors>(body).value().total, 12) << body;
    }
}

TEST(Decode, TakesBooleansInEachForm) {
    for (const char* body :
         {R"({"data":[],"has_more":true})", R"({"data":[],"has_more":1})", R"({"data":[],"has_more":"true"})"}) {
        EXPECT_TRUE(decode<Page<Site>>(body).value().has_more) << body;
    }
}

TEST(Decode, KeepsUnknownEnumerators) {
    const auto site = decode<Site>(R"({"id":"A","name":"n","sharing":"friends"})");
    ASSERT_TRUE(site);
    EXPECT_EQ(site->sharing, Sharing::unrecognized);
    EXPECT_EQ(site->sharing.text(), "friends");
}

TEST(Decode, TakesNullForAnAbsentMember) {
    const auto site = decode<Site>(R"({"id":"A","name":"n","sharing":null,"created_at":null,"timezone":null})");
    ASSERT_TRUE(site);
    EXPECT_EQ(*site, (Site{.id = SiteId{"A"}, .name = "n"}));
}

TEST(Decode, TakesTheLastOfDuplicateMembers) { EXPECT_EQ(decode<Account>(R"({"id":"1","id":"2"})").value().id, "2"); }

TEST(Decode, TakesAByteOrderMark) { EXPECT_TRUE(decode<Account>("\xEF\xBB\xBF{\"id\":\"1\"}")); }

TEST(Decode, NamesAMissingMember) { EXPECT_EQ(message_of<Site>(R"({"name":"n"})"), "id: is missing, but required"); }

TEST(Decode, NamesThePathOfAMissingMember) {
    EXPECT_EQ(message_of<Page<Site>>(R"({"data":[{"id":"A","name":"a"},{"name":"b"}]})"),
              "data[1].id: is missing, but required");
}

TEST(Decode, NamesThePathOfARequiredValueThatCannotBeReadAndShowsIt) {
    EXPECT_EQ(message_of<Page<Site>>(R"({"data":[{"id":true,"name":"a"}]})"),
              "data[0].id: is true, which is not what belongs there");
    EXPECT_EQ(message_of<Site>(R"({"id":""})"), "id: is \"\", which is not what belongs there");
    EXPECT_EQ(message_of<Site>(R"({"id":{"value":"A"}})"), "id: is an object, which is not what belongs there");
    EXPECT_EQ(message_of<Page<Site>>(R"({"data":[{"id":"A"},null]})"),
              "data[1]: is null, which is not what belongs there");
    EXPECT_EQ(message_of<Page<Site>>(R"({"data":"none"})"), "data: is \"none\", which is not what belongs there");
}

TEST(Decode, RefusesNullForARequiredMember) {
    EXPECT_EQ(message_of<Site>(R"({"id":null})"), "id: is null, which is not what belongs there");
}

TEST(Decode, ShowsTheBeginningOfWhatIsNoJson) {
    EXPECT_EQ(message_of<Site>("Bad gateway: the upstream server did not answer"),
              "the answer is not JSON; it begins with: Bad gateway: the upstream server did not…");
}

TEST(Decode, NamesAWebPageAndItsLikelyCause) {
    EXPECT_EQ(
        message_of<Site>("<!doctype html><html><head><title>Fathom Analytics</title>"),
        "the service answered with a web page in place of JSON, as it may for a key that does not reach the site");
}

TEST(Decode, TellsAnEmptyAnswer) { EXPECT_EQ(message_of<Site>("  \n"), "the answer is empty where JSON was expected"); }

TEST(Decode, TakesAnEmptyListForAnObjectWithoutMembers) {
    for (const char* body : {"[]", " [ ]\n"}) {
        EXPECT_TRUE(decode<Account>(body)) << body;
        EXPECT_TRUE(decode<CurrentVisitors>(body)) << body;
        EXPECT_EQ(message_of<Site>(body), "id: is missing, but required") << body;
    }
    EXPECT_FALSE(decode<Account>("[{}]"));
}

TEST(Decode, TellsWhatStandsInPlaceOfAnObject) {
    EXPECT_EQ(message_of<Site>("true"), "the answer: is true, which is not what belongs there");
}

TEST(Decode, NamesNoByteBehindTheEnd) {
    EXPECT_EQ(message_of<Site>(R"({"id":"A")"),
              R"(the answer is not valid JSON at byte 9 of 9; it begins with: {"id":"A")");
}

TEST(Decode, RefusesWhatComesBehindTheEnd) { EXPECT_NE(message_of<Account>(R"({"id":"1"}x)"), "no error"); }

TEST(Decode, RefusesEveryTruncation) {
    const std::string whole =
        R"({"object":"list","data":[{"id":"A","name":"ü","created_at":"2020-07-27 12:01:01"}],"has_more":true})";
    for (std::size_t length = 0; length < whole.size(); ++length) {
        EXPECT_FALSE(decode<Page<Site>>(whole.substr(0, length))) << length;
    }
    EXPECT_TRUE(decode<Page<Site>>(whole));
}

TEST(Decode, SurvivesEveryChangedByte) {
    const std::string whole =
        R"({"data":[{"id":"A","name":"ü","sharing":"none","created_at":"2020-07-27T12:01:01+02:00"}],"has_more":true})";
    for (std::size_t at = 0; at < whole.size(); ++at) {
        for (int byte = 0; byte < 256; ++byte) {
            std::string changed = whole;
            changed[at] = static_cast<char>(byte);
            const auto page = decode<Page<Site>>(changed);
            ASSERT_TRUE(page || page.error().kind == ErrorKind::decode);
        }
    }
}

} // namespace
} // namespace fathom::detail::json
