#include <fathom/client.hpp>
#include <fathom/testing/scripted_transport.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace fathom {
namespace {

class MovedList : public ::testing::Test {
protected:
    /// A list of two sites on one page.
    Items<Site> sites() {
        transport_->then({.body = R"({"has_more": false, "data": [{"id": "A"}, {"id": "B"}]})"});
        return client_.sites().list();
    }

    /// What a walk gives, of which nobody knows that it ends.
    template <class Range>
    std::vector<std::optional<ErrorKind>> first_three_of(Range& range) {
        std::vector<std::optional<ErrorKind>> outcomes;
        for (const auto& element : range) {
            outcomes.push_back(element ? std::nullopt : std::optional(element.error().kind));
            if (outcomes.size() == 3) break;
        }
        return outcomes;
    }

    const std::vector<std::optional<ErrorKind>> only_an_error{ErrorKind::invalid_argument};

private:
    std::shared_ptr<testing::ScriptedTransport> transport_ = std::make_shared<testing::ScriptedTransport>();
    Client client_{{.api_key = "test", .transport = transport_}};
};

TEST_F(MovedList, EndsAfterItsError) {
    Items<Site> list = sites();
    const Items<Site> other = std::move(list);
    EXPECT_EQ(first_three_of(list), only_an_error);
}

TEST_F(MovedList, HoldsNothingOfThePageThatWasBegun) {
    Items<Site> list = sites();
    ASSERT_EQ((*list.begin())->id.str(), "A");
    const Items<Site> other = std::move(list);
    EXPECT_EQ(first_three_of(list), only_an_error);
}

TEST_F(MovedList, OfPagesEndsAfterItsError) {
    Pages<Site> pages = sites().pages();
    const Pages<Site> other = std::move(pages);
    EXPECT_EQ(first_three_of(pages), only_an_error);
}

TEST_F(MovedList, GoesOnWhereItWasMovedTo) {
    Items<Site> list = sites();
    ASSERT_EQ((*list.begin())->id.str(), "A");
    const auto rest = std::move(list).collect();
    ASSERT_TRUE(rest);
    ASSERT_EQ(rest->size(), 1u);
    EXPECT_EQ(rest->front().id.str(), "B");
}

} // namespace
} // namespace fathom
