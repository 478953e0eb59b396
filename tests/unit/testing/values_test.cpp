#include <fathom/sites.hpp>
#include <fathom/testing/values.hpp>

#include <gtest/gtest.h>

#include <string>

namespace fathom::testing {
namespace {

const Site shop{.id = SiteId("A"), .name = "Shop"};
const Site blog{.id = SiteId("B"), .name = "Blog"};
const Error outage{.kind = ErrorKind::server, .message = "maintenance"};

/// A function as a program would have one that takes a list.
std::string names_of(Items<Site> sites) {
    std::string names;
    for (const Result<Site>& site : sites) names += site ? site->name + " " : site.error().message;
    return names;
}

TEST(Values, MakeAList) {
    EXPECT_EQ(names_of(items_of<Site>({shop, blog})), "Shop Blog ");
    EXPECT_EQ(names_of(items_of<Site>({})), "");
    EXPECT_EQ(items_of<Site>({shop, blog}).collect(1).value().size(), 1U);
}

TEST(Values, MakeAListThatFailsHalfWay) {
    EXPECT_EQ(names_of(items_of<Site>({shop}, outage)), "Shop maintenance");
    EXPECT_EQ(items_of<Site>({shop}, outage).collect(), outage);
}

TEST(Values, MakeAListOfPages) {
    Items<Site> sites = items_of_pages<Site>({{.data = {shop}, .has_more = true}, {.data = {blog}}});
    auto pages = std::move(sites).pages();
    auto page = pages.begin();
    EXPECT_EQ(*page, (Page<Site>{.data = {shop}, .has_more = true}));
    EXPECT_EQ(pages.last_cursor(), "A");
    ++page;
    EXPECT_EQ(*page, Page<Site>{.data = {blog}});
    ++page;
    EXPECT_TRUE(page == pages.end());
}

TEST(Values, MakeAReport) {
    const PageviewReport report = report_of({{.visits = 3}, {.visits = 4}});
    EXPECT_EQ(report.size(), 2U);
    EXPECT_EQ(report[1].visits, 4);
    EXPECT_EQ(event_report_of({{.conversions = 1}})[0].conversions, 1);
}

} // namespace
} // namespace fathom::testing
