// What a request of the caller's own reads or changes.
#include <gtest/gtest.h>

#include "operations/raw_request.hpp"

namespace fathom::detail {
namespace {

Subject subject_of(const RawRequest& request) { return operations::raw_request(request).value().subject; }

TEST(RawSubject, IsReadFromThePathsOfTheApi) {
    EXPECT_EQ(subject_of({.path = "/account"}), (Subject{Resource::account, {}}));
    EXPECT_EQ(subject_of({.path = "/sites"}), (Subject{Resource::sites, {}}));
    EXPECT_EQ(subject_of({.path = "/sites/A"}), (Subject{Resource::sites, "A"}));
    EXPECT_EQ(subject_of({.path = "/sites/A/data"}), (Subject{Resource::sites, "A"}));
    EXPECT_EQ(subject_of({.path = "/sites/A/events/E"}), (Subject{Resource::events, "A"}));
    EXPECT_EQ(subject_of({.path = "/sites/A/milestones"}), (Subject{Resource::milestones, "A"}));
}

TEST(RawSubject, IsTheSameHoweverAnIdIsWritten) {
    EXPECT_EQ(subject_of({.path = "/sites/a%2Fb%2fc"}), (Subject{Resource::sites, "a/b/c"}));
    EXPECT_EQ(subject_of({.path = "/sites/a%2"}), (Subject{Resource::sites, "a%2"}));
}

TEST(RawSubject, OfAReportIsTheSiteThatAParameterNames) {
    EXPECT_EQ(subject_of({.path = "/aggregations", .query = {{"entity", "pageview"}, {"entity_id", "A"}}}),
              (Subject{Resource::reports, "A"}));
    EXPECT_EQ(subject_of({.path = "/current_visitors", .query = {{"site_id", "A"}}}),
              (Subject{Resource::reports, "A"}));
}

TEST(RawSubject, IsUnknownWhereNothingSaysIt) {
    EXPECT_EQ(subject_of({.path = "/aggregations"}), Subject{});
    EXPECT_EQ(subject_of({.path = "/new_endpoint/A"}), Subject{});
    EXPECT_EQ(subject_of({.path = "//sites/A"}), Subject{});
}

} // namespace
} // namespace fathom::detail
