#include "cli/listing.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "cli/exit_code.hpp"

namespace fathom::cli {
namespace {

const Listing two{.columns = {"name", "visits", "note"},
                  .records = {{{"name", "a\tb"}, {"visits", 3}}, {{"name", "say \"c\", d"}, {"visits", 40}}}};

std::string shown(const Listing& listing, const Layout& layout, std::size_t width = 0, bool has_colour = false) {
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    Console console{.in = in, .out = out, .err = err, .width = width, .has_colour = has_colour};
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

TEST(Listing, IsATableInAPipeWhereColoursAreWantedThere) {
    EXPECT_EQ(shown(two, {}, 0, true), "\033[1mname        visits\033[0m\n"
                                       "a b              3\n"
                                       "say \"c\", d      40\n");
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

TEST(Listing, IsAPageWithAChart) {
    const Listing listing{.columns = {"path", "visits", "note"},
                          .records = {{{"path", "/a<b>&\"c\""}, {"visits", 40}}, {{"path", "/d"}, {"visits", 10}}},
                          .bar_of = "visits"};
    const std::string page = shown(listing, {.format = Format::html, .title = "fathom <report>"});
    EXPECT_TRUE(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
    EXPECT_NE(page.find("<title>fathom &lt;report&gt;</title>"), std::string::npos);
    EXPECT_NE(page.find("<caption>2 rows</caption>"), std::string::npos);
    EXPECT_NE(page.find("<th scope=\"col\">path</th><th scope=\"col\" class=\"number\">visits</th><td"),
              std::string::npos); // no column of what no record has
    EXPECT_NE(page.find("<td>/a&lt;b&gt;&amp;&quot;c&quot;</td><td class=\"number\">40</td>"
                        "<td class=\"chart\"><span style=\"width: 100%\"></span></td>"),
              std::string::npos);
    EXPECT_NE(page.find("<span style=\"width: 25%\">"), std::string::npos);
    EXPECT_EQ(page.find("http:"), std::string::npos); // nothing from elsewhere
    EXPECT_EQ(page.find("https:"), std::string::npos);
}

TEST(Listing, SteersNoTerminal) {
    const Listing evil{.columns = {"name"},
                       .records = {{{"name", "a\x1b[2Jb\xc2\x9b"
                                             "2Jc\x7f"
                                             "d\xc2\xa9"}}}};
    EXPECT_EQ(shown(evil, {}), "a [2Jb 2Jc d\xc2\xa9\n");
    EXPECT_EQ(shown(evil, {}, 80), "name\na [2Jb 2Jc d\xc2\xa9\n");
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
