#include "cli/listing.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "cli/exit_code.hpp"

namespace fathom::cli {
namespace {

const Listing two{.columns = {"name", "visits", "note"},
                  .records = {{{"name", "a\tb"}, {"visits", 3}}, {{"name", "say \"c\", d"}, {"visits", 40}}}};

std::string shown(const Listing& listing, const Layout& layout, std::size_t width = 0) {
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    Console console{.in = in, .out = out, .err = err, .width = width};
    show(listing, layout, console);
    return out.str() + err.str();
}

TEST(Listing, IsATableOnATerminalWithoutEmptyColumns) {
    EXPECT_EQ(shown(two, {}, 80), "name        visits\n"
                                  "a b              3\n"
                                  "say \"c\", d      40\n");
}

TEST(Listing, IsALineWithTabsForEachRecordInAPipe) {
    EXPECT_EQ(shown(two, {}), "a b\t3\t\n"
                              "say \"c\", d\t40\t\n");
}

TEST(Listing, IsJson) {
    EXPECT_EQ(shown(two, {.format = Format::json}), "[\n{\"name\":\"a\\tb\",\"visits\":3},\n"
                                                    "{\"name\":\"say \\\"c\\\", d\",\"visits\":40}\n]\n");
    EXPECT_EQ(shown({.columns = {"a"}}, {.format = Format::json}), "[]\n");
}

TEST(Listing, IsOneObjectWhereItIsASingleRecord) {
    const Listing single{.columns = {"a"}, .records = {{{"a", 1}}}, .is_single = true};
    EXPECT_EQ(shown(single, {.format = Format::json}), "{\n  \"a\": 1\n}\n");
    EXPECT_EQ(shown(single, {}, 80), "a  1\n");
}

TEST(Listing, IsJsonLines) {
    EXPECT_EQ(shown(two, {.format = Format::json_lines, .fields = {"visits"}}), "{\"visits\":3}\n{\"visits\":40}\n");
}

TEST(Listing, IsCsvWithWhatNeedsItQuoted) {
    EXPECT_EQ(shown(two, {.format = Format::csv}), "name,visits,note\r\na\tb,3,\r\n\"say \"\"c\"\", d\",40,\r\n");
    const Listing empty_text{.columns = {"a", "b"}, .records = {{{"a", ""}}}};
    EXPECT_EQ(shown(empty_text, {.format = Format::csv}), "a,b\r\n\"\",\r\n"); // what is empty, and what is not there
}

TEST(Listing, HasTheFieldsInTheOrderInWhichTheyAreNamed) {
    EXPECT_EQ(shown(two, {.fields = {"visits", "name"}}), "3\ta b\n40\tsay \"c\", d\n");
}

TEST(Listing, RefusesAFieldThatItDoesNotHave) {
    try {
        (void)shown(two, {.fields = {"nam"}});
        FAIL();
    } catch (const UsageError& error) {
        EXPECT_STREQ(error.what(), "--fields: there is no nam; there are name, visits, note");
    }
}

TEST(Listing, SaysSoWhereNothingIsListed) { EXPECT_EQ(shown({.columns = {"a"}}, {}, 80), "There are none.\n"); }

TEST(Listing, WritesListsWithSpacesBetween) {
    EXPECT_EQ(shown({.columns = {"a"}, .records = {{{"a", {"x", "y"}}}}}, {}), "x y\n");
}

} // namespace
} // namespace fathom::cli
