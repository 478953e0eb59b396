// Bodies that are nearly JSON: one bad character or number must not cost the answer.
#include "json/repair.hpp"

#include <gtest/gtest.h>

#include <fathom/account.hpp>
#include <fathom/current_visitors.hpp>
#include <fathom/events.hpp>
#include <fathom/milestones.hpp>
#include <fathom/sites.hpp>

#include "support/decoding.hpp"

namespace fathom::detail::json {
namespace {

std::string repaired(std::string_view body) {
    const auto changed = repair(body);
    return changed ? changed->body : "unchanged";
}

TEST(Repair, LeavesGoodJsonAlone) {
    for (const char* body :
         {R"({"a":[1,-2.5e3,"\u00fc\ud83d\ude00\"\\",true,null]})", "", "[", R"("\)", "1e5", "\"ü😀\""}) {
        EXPECT_FALSE(repair(body)) << body;
    }
}

TEST(Repair, ReplacesEachByteThatIsNotUtf8) {
    EXPECT_EQ(repaired("\"a\xFF\xC3(\xE2\x82\""), "\"a\uFFFD\uFFFD(\uFFFD\uFFFD\"");
}

TEST(Repair, ReplacesHalvesOfSurrogatePairs) {
    EXPECT_EQ(repaired(R"(["\ud83d","\ude00x","\ud83d\ud83d\ude00","\uD83Dn"])"),
              "[\"\uFFFD\",\"\uFFFDx\",\"\uFFFD\\ud83d\\ude00\",\"\uFFFDn\"]");
}

TEST(Repair, WritesNumbersThatNothingHoldsAsTexts) {
    EXPECT_EQ(repaired("[1e999,-1E+400,1]"), R"(["1e999","-1E+400",1])");
    const std::string digits(400, '9');
    EXPECT_EQ(repaired("[" + digits + "]"), "[\"" + digits + "\"]");
}

TEST(Repair, WritesControlCharactersInTextsAsEscapes) { EXPECT_EQ(repaired("[\"a\nb\"]\n"), "[\"a\\u000ab\"]\n"); }

TEST(Repair, MakesNoJsonOfWhatIsNone) {
    for (const char* body : {"[1-2]", "[-]", "[1.]", "\xFF", "{\"a\":1e999", "[1e999e5]"}) {
        EXPECT_FALSE(decode<Page<Site>>(body)) << body;
    }
}

TEST(Repair, LetsTheRestOfAnAnswerBeRead) {
    const PageviewQuery query{.aggregates = {PageviewMetric::visits}, .field_grouping = Field::pathname};
    DriftLog drift;
    const auto rows = decode_rows("[{\"visits\":1,\"pathname\":\"/a\xFF\"},{\"visits\":2,\"pathname\":\"/\\ud800\"},"
                                  "{\"visits\":3,\"pathname\":\"/c\"}]",
                                  query, drift);
    ASSERT_TRUE(rows) << rows.error();
    EXPECT_EQ((*rows)[0].fields[Field::pathname], "/a\uFFFD");
    EXPECT_EQ((*rows)[1].fields[Field::pathname], "/\uFFFD");
    EXPECT_EQ((*rows)[2].visits, 3);
    ASSERT_EQ(drift.kept().size(), 3U);
    EXPECT_EQ(drift.kept()[0].path, "");
    EXPECT_EQ(drift.kept()[1].path, "[0].pathname");
    EXPECT_EQ(drift.kept()[2].path, "[1].pathname");
}

TEST(Repair, LetsAnAnswerBeReadWhoseUnreadNumberIsTooLarge) {
    EXPECT_EQ(decode<Site>(R"({"id":"A","name":"n","score":1e999})").value().name, "n");
    DriftLog drift;
    EXPECT_EQ(decode<CurrentVisitors>(R"({"total":1e999})", drift).value().total, 0);
    EXPECT_EQ(drift.kept(), (std::vector<Drift>{{"total", "\"1e999\""}}));
}

TEST(Repair, LeavesARequiredMemberAnError) {
    const auto site = decode<Site>("{\"id\":1e999}");
    EXPECT_TRUE(site); // an id is opaque text, whatever it looks like
    EXPECT_FALSE(decode<Site>("{\"name\":\"\xFF\"}"));
}

} // namespace
} // namespace fathom::detail::json
