// What an observer wants to know of the thread that makes a call, while its hooks run on another one.
#include <memory>
#include <mutex>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "support/scripted_client.hpp"

namespace fathom {
namespace {

/// Knows which thread made each call.
struct Witness final : Observer {
    [[nodiscard]] std::shared_ptr<const void> caller_context() const override {
        return std::make_shared<const std::thread::id>(std::this_thread::get_id());
    }
    void call_started(const CallStarted& event) override {
        const std::scoped_lock lock(mutex);
        calls.emplace_back(event.call.operation);
        callers.push_back(*static_cast<const std::thread::id*>(event.call.context.get()));
    }

    std::mutex mutex{};
    std::vector<std::string> calls{};
    std::vector<std::thread::id> callers{};
};

class CallerContext : public ScriptedClient {
protected:
    static constexpr const char* site_in_utc = R"({"id":"CDBUGS","name":"Shop","timezone":"UTC"})";

    [[nodiscard]] AsyncClient watched(std::shared_ptr<Observer> observer) const {
        ClientOptions watched = options();
        watched.observer = std::move(observer);
        return AsyncClient(watched);
    }

    /// All calls that were told of were made for this thread.
    void expect_all_of_this_thread(const std::vector<std::string>& calls) const {
        EXPECT_EQ(witness->calls, calls);
        EXPECT_EQ(witness->callers, std::vector(calls.size(), std::this_thread::get_id()));
    }

    std::shared_ptr<Witness> witness = std::make_shared<Witness>();
    AsyncClient client = watched(witness);
};

TEST_F(CallerContext, IsOfTheThreadThatMakesTheCall) {
    transport->then({.body = site_body}).then({.body = site_body});
    ASSERT_TRUE(client.sites().get(SiteId{"CDBUGS"}).get());
    ASSERT_TRUE(get_site(client.blocking()));
    expect_all_of_this_thread({"getSite", "getSite"});
}

TEST_F(CallerContext, IsOfTheFirstCallWhereAReportAsksForItsZone) {
    transport->then({.body = site_in_utc}).then({.body = "[]"});
    ASSERT_TRUE(client.aggregations()
                    .pageviews(SiteId{"CDBUGS"}, {.aggregates = {PageviewMetric::visits}, .range = last_days(7)})
                    .get());
    expect_all_of_this_thread({"getSite", "getAggregations"});
}

TEST_F(CallerContext, IsOfTheThreadThatAsksForAHistory) {
    transport->then({.body = site_in_utc}).then({.body = "[]"}).then({.body = "[]"});
    auto pieces = client.aggregations().history(SiteId{"CDBUGS"},
                                                {.aggregates = {PageviewMetric::visits}, .range = last_days(7)});
    const auto collected = std::move(pieces).collect().get();
    ASSERT_TRUE(collected) << collected.error();
    expect_all_of_this_thread({"getSite", "getAggregations", "getAggregations"});
}

TEST_F(CallerContext, IsOfTheThreadThatAsksForAListThatIsFetchedAhead) {
    transport->then({.body = R"({"data":[{"id":"A","name":"A"}],"has_more":true})"})
        .then({.body = R"({"data":[{"id":"B","name":"B"}],"has_more":false})"});
    ASSERT_EQ(client.sites().list({.prefetch = true}).collect().get().value().size(), 2U);
    expect_all_of_this_thread({"listSites", "listSites"});
}

TEST_F(CallerContext, GivesWayToTheContextOfTheOptions) {
    transport->then({.body = site_body});
    ASSERT_TRUE(client.sites().get(SiteId{"CDBUGS"}, {.context = std::make_shared<const std::thread::id>()}).get());
    EXPECT_EQ(witness->callers, std::vector{std::thread::id()});
}

TEST_F(CallerContext, IsAskedByALogToo) {
    std::ostringstream out;
    transport->then({.body = site_body});
    ASSERT_TRUE(get_site(watched(log_observer(out, LogLevel::info, witness)).blocking()));
    expect_all_of_this_thread({"getSite"});
}

TEST_F(CallerContext, IsNoneWhereItThrows) {
    struct Broken final : Observer {
        [[nodiscard]] std::shared_ptr<const void> caller_context() const override {
            throw std::runtime_error("no context");
        }
        void call_started(const CallStarted& event) override { had_none = event.call.context == nullptr; }
        bool had_none = false;
    };
    const auto broken = std::make_shared<Broken>();
    transport->then({.body = site_body});
    EXPECT_TRUE(watched(broken).sites().get(SiteId{"CDBUGS"}).get());
    EXPECT_TRUE(broken->had_none);
}

} // namespace
} // namespace fathom
