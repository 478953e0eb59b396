#include "core/subject.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "core/subject_index.hpp"

namespace fathom::detail {
namespace {

bool changes(const Subject& written, const Subject& read, WriteKind kind = WriteKind::change) {
    const std::vector<Subject> changed = changed_by(written, kind);
    return changed.empty() || std::ranges::find(changed, read) != changed.end();
}

TEST(ChangedBy, ASiteIsItselfTheListAndAllThatIsReadAboutIt) {
    const Subject site{Resource::sites, "A"};
    for (const Subject& read : {site, Subject{Resource::sites, {}}, Subject{Resource::events, "A"},
                                Subject{Resource::milestones, "A"}, Subject{Resource::reports, "A"}}) {
        EXPECT_TRUE(changes(site, read)) << static_cast<int>(read.resource);
    }
    for (const Subject& read :
         {Subject{Resource::sites, "B"}, Subject{Resource::reports, "B"}, Subject{Resource::account, {}}}) {
        EXPECT_FALSE(changes(site, read)) << static_cast<int>(read.resource);
    }
}

TEST(ChangedBy, ANewSiteIsTheListOnly) {
    EXPECT_TRUE(changes({Resource::sites, {}}, {Resource::sites, {}}));
    EXPECT_FALSE(changes({Resource::sites, {}}, {Resource::sites, "A"}));
}

TEST(ChangedBy, AnEventIsTheEventsOfItsSiteAndItsRemovalTheReportsToo) {
    EXPECT_TRUE(changes({Resource::events, "A"}, {Resource::events, "A"}));
    EXPECT_FALSE(changes({Resource::events, "A"}, {Resource::reports, "A"}));
    EXPECT_FALSE(changes({Resource::events, "A"}, {Resource::events, "B"}));
    EXPECT_TRUE(changes({Resource::events, "A"}, {Resource::reports, "A"}, WriteKind::removal));
}

TEST(ChangedBy, AnUnknownWriteIsEverythingAndAnUnknownReadIsChangedByEverything) {
    EXPECT_TRUE(changes({}, {Resource::milestones, "A"}));
    EXPECT_TRUE(changes({Resource::milestones, "A"}, {}));
}

TEST(SubjectIndex, TakesOutWhatAWriteMakesStale) {
    SubjectIndex index;
    index.add({Resource::sites, "A"}, "/sites/A");
    index.add({Resource::reports, "A"}, "/aggregations?entity_id=A");
    index.add({Resource::reports, "B"}, "/aggregations?entity_id=B");
    const OperationRequest wipe{.method = HttpMethod::delete_, .subject = {Resource::sites, "A"}};
    EXPECT_EQ(index.take_changed_by(wipe).size(), 2U);
    EXPECT_EQ(index.take_changed_by(wipe).size(), 0U);
}

} // namespace
} // namespace fathom::detail
