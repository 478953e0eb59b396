// What the live service takes although its documentation does not say so.
#include <gtest/gtest.h>

#include "raw_client.hpp"

namespace fathom::testing {
namespace {

using namespace std::chrono_literals;

class EmulatorLenience : public ::testing::TestWithParam<Dialect> {
protected:
    EmulatorLenience() { emulator_.add_site({.id = "SITE", .timezone = "America/New_York"}); }

    [[nodiscard]] static bool is_live() { return GetParam() == Dialect::live; }

    static EmulatorOptions options() {
        EmulatorOptions options = empty_emulator(GetParam());
        options.limits.enforced = false;
        return options;
    }

    Emulator emulator_{options()};
    RawClient client_{emulator_};
};

TEST_P(EmulatorLenience, ReadsDatesInIso8601) {
    const std::chrono::sys_seconds noon = std::chrono::sys_days{std::chrono::June / 1 / 2024} + 12h;
    emulator_.add_pageviews("SITE", {{.at = noon}});
    const auto visits = [&](const std::string& from) {
        const RawAnswer answer = client_.get(
            "/aggregations?entity=pageview&entity_id=SITE&aggregates=visits&date_from=" + percent_encode(from));
        return answer.status == 200 ? answer.body.substr(answer.body.find("visits\":\"") + 9, 1)
                                    : std::to_string(answer.status);
    };
    const auto expect = [&](const char* from, const char* wanted) {
        EXPECT_EQ(visits(from), is_live() ? wanted : "400") << from;
    };
    expect("2024-06-01T12:00:00Z", "1");
    expect("2024-06-01T12:00:01Z", "0");
    expect("2024-06-01T14:00:00+02:00", "1");
    expect("2024-06-01T14:00:01+0200", "0");
    expect("2024-06-01T04:30:00-07:30", "1");
    expect("2024-06-01T12:00:00.999Z", "1");
    expect("2024-06-01T12:00Z", "1");
    expect("2024-06-01T25:00:00Z", "400");
    expect("2024-06-01T12:00:00+2", "400");
    EXPECT_EQ(visits("2024-06-01T08:00:00"), "1") << "without an offset it is the site's wall clock";
    EXPECT_EQ(visits("2024-06-01 08:00:01"), "0");
}

TEST_P(EmulatorLenience, ReadsForms) {
    const char* form = "application/x-www-form-urlencoded";
    const RawAnswer created = client_.post_text("/sites", "name=Fish+%26+chips&sharing=public", form);
    ASSERT_EQ(created.status, is_live() ? 200 : 400);
    if (!is_live()) return;
    EXPECT_EQ(created.json().at("name"), "Fish & chips");
    EXPECT_EQ(created.json().at("sharing"), "public");
    const RawAnswer milestone =
        client_.post_text("/sites/SITE/milestones", "name=Launch&milestone_date=2024-06-01", form);
    EXPECT_EQ(milestone.status, 201);
    EXPECT_EQ(client_.post_text("/sites", "sharing=none", form).status, 400);
    EXPECT_EQ(client_.post_text("/sites", R"({"name":"x"})", "text/plain").status, 400);
}

TEST_P(EmulatorLenience, TakesEmptyParametersForNone) {
    for (const char* parameters :
         {"starting_after=", "ending_before=", "limit=", "starting_after=&ending_before=&limit="})
        EXPECT_EQ(client_.get(std::string("/sites?") + parameters).status, 200) << parameters;
    const std::string page = client_.get("/sites?starting_after=").body;
    EXPECT_EQ(page.find("SITE") != std::string::npos, is_live());
    const RawAnswer report = client_.get("/aggregations?entity=pageview&entity_id=SITE&aggregates=visits&date_from="
                                         "&date_to=&timezone=&sort_by=&limit=&filters=&date_grouping=");
    EXPECT_EQ(report.status, is_live() ? 200 : 400);
    EXPECT_EQ(client_.get("/current_visitors?site_id=SITE&detailed=").status, is_live() ? 200 : 400);
    EXPECT_EQ(client_.get("/current_visitors?site_id=").status, 400);
}

TEST_P(EmulatorLenience, TakesEmptyMembersForNone) {
    EXPECT_EQ(client_.post("/sites/SITE", {{"name", ""}, {"share_password", " "}}).status, is_live() ? 200 : 400);
    EXPECT_EQ(client_.post("/sites", {{"name", ""}}).status, 400);
}

INSTANTIATE_TEST_SUITE_P(BothDialects, EmulatorLenience, ::testing::Values(Dialect::specification, Dialect::live),
                         [](const auto& dialect) { return dialect.param == Dialect::live ? "live" : "specification"; });

} // namespace
} // namespace fathom::testing
