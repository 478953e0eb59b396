#include "cli/comparison.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace fathom::cli {
namespace {

/// What a record becomes beside those before.
std::string compared(const Record& now, const std::vector<Record>& before, const std::vector<std::string>& metrics,
                     WithoutEarlierRow otherwise = WithoutEarlierRow::nothing) {
    Listing listing{.columns = {}, .records = {now}};
    compare(listing, before, {"city"}, metrics, otherwise);
    return listing.records.front().dump();
}

TEST(Comparison, TellsAnUnknownFieldFromAnEmptyOne) {
    const std::vector<Record> before{{{"city", ""}, {"visits", 10}}, {{"visits", 4}}};
    EXPECT_EQ(compared({{"city", ""}, {"visits", 5}}, before, {"visits"}),
              R"({"city":"","visits":5,"visits_before":10,"visits_change":-50.0})");
    EXPECT_EQ(compared({{"visits", 5}}, before, {"visits"}), R"({"visits":5,"visits_before":4,"visits_change":25.0})");
}

TEST(Comparison, TakesAFieldThatIsNullForOneThatIsAbsent) {
    EXPECT_EQ(compared({{"city", nullptr}, {"visits", 5}}, {{{"visits", 4}}}, {"visits"}),
              R"({"city":null,"visits":5,"visits_before":4,"visits_change":25.0})");
}

TEST(Comparison, HasCountedNothingWhereThereWasNoRow) {
    EXPECT_EQ(compared({{"city", "Ulm"}, {"visits", 5}}, {}, {"visits"}),
              R"({"city":"Ulm","visits":5,"visits_before":0})");
}

TEST(Comparison, InventsNoAverageWhereThereWasNoRow) {
    EXPECT_EQ(compared({{"city", "Ulm"}, {"avg_duration", 5.0}, {"new_metric", 1}}, {}, {"avg_duration", "new_metric"}),
              R"({"city":"Ulm","avg_duration":5.0,"new_metric":1})");
}

TEST(Comparison, IsOfWhatIsKnownOfBothTimes) {
    EXPECT_EQ(compared({{"city", "Ulm"}, {"avg_duration", 5.0}}, {{{"city", "Ulm"}}}, {"avg_duration"}),
              R"({"city":"Ulm","avg_duration":5.0})");
    EXPECT_EQ(compared({{"city", "Ulm"}}, {{{"city", "Ulm"}, {"avg_duration", 5.0}}}, {"avg_duration"}),
              R"({"city":"Ulm"})");
    EXPECT_EQ(compared({{"city", "Ulm"}, {"visits", nullptr}}, {}, {"visits"}), R"({"city":"Ulm","visits":null})");
}

TEST(Comparison, InventsNothingWhereTheEarlierReportWasCut) {
    EXPECT_EQ(compared({{"city", "Ulm"}, {"visits", 5}}, {}, {"visits"}, WithoutEarlierRow::unknown),
              R"({"city":"Ulm","visits":5})");
}

} // namespace
} // namespace fathom::cli
