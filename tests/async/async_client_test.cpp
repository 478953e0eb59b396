// AsyncClient on the emulator.
#include <atomic>
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <set>
#include <thread>

#include "flows/emulated_service.hpp"

namespace fathom {
namespace {

using namespace std::chrono_literals;
namespace faults = testing::faults;

class AsyncFlow : public EmulatedService {
protected:
    static constexpr auto long_enough = 20s;

    AsyncClient client{client_options()};
};

TEST_F(AsyncFlow, GivesAFutureOfEachCall) {
    Future<Site> found = client.sites().get(site);
    EXPECT_EQ(found.get().value().name, site_name);
}

TEST_F(AsyncFlow, RefusesBadArgumentsAsTheBlockingClientDoes) {
    Future<Site> refused = client.sites().get(SiteId{""});
    EXPECT_TRUE(refused.is_ready());
    EXPECT_EQ(refused.get().error().kind, ErrorKind::invalid_argument);
    EXPECT_EQ(emulator.request_count(), 0U);
}

TEST_F(AsyncFlow, TellsTheCallOfAnError) {
    const Error error = client.sites().get(SiteId{"NOSUCH"}).get().error();
    EXPECT_EQ(error.kind, ErrorKind::not_found);
    EXPECT_EQ(error.operation, "getSite");
    EXPECT_EQ(error.attempts, 1);
}

TEST_F(AsyncFlow, SharesConnectionsAndLimitsWithABlockingClient) {
    const Client blocking = client.blocking();
    ASSERT_TRUE(blocking.sites().get(site));
    ASSERT_TRUE(AsyncClient(blocking).sites().get(site).get());
    EXPECT_EQ(client.quota().resources.requests_sent, 2U);
}

TEST_F(AsyncFlow, ServesBlockingCallsBesideItsOwn) {
    emulator.inject(faults::delay(300ms), {.only = {.path = "/account"}});
    Future<Account> slow = client.account().get();
    EXPECT_TRUE(client.blocking().sites().get(site));
    EXPECT_FALSE(slow.is_ready());
    EXPECT_TRUE(slow.get());
}

TEST_F(AsyncFlow, HasManyCallsInFlight) {
    std::vector<Future<Milestone>> created;
    for (int number = 0; number < 30; ++number) {
        created.push_back(client.milestones().create(
            site, {.name = "Launch " + std::to_string(number), .milestone_date = std::chrono::year{2024} / 1 / 1}));
    }
    const auto results = when_all(std::move(created)).get().value();
    for (const auto& result : results) EXPECT_TRUE(result);
    EXPECT_EQ(client.milestones().list(site).collect().get().value().size(), 30U);
}

Future<std::vector<std::string>> names_of_all(AsyncClient client, SiteId site) {
    std::vector<std::string> names;
    auto milestones = client.milestones().list(site, {.page_size = 2});
    while (std::optional<Page<Milestone>> page = (co_await milestones.next_page()).value()) {
        for (const Milestone& milestone : page->data) names.push_back(milestone.name);
    }
    co_return names;
}

class AsyncList : public AsyncFlow {
protected:
    AsyncList() {
        for (const char* name : {"one", "two", "three", "four", "five"}) {
            emulator.add_milestone(site.str(), {.name = name});
        }
    }
};

TEST_F(AsyncList, GivesItsPagesOneByOne) { EXPECT_EQ(names_of_all(client, site).get().value().size(), 5U); }

TEST_F(AsyncList, StopsCollectingAtTheNumberAsked) {
    EXPECT_EQ(client.milestones().list(site, {.page_size = 2}).collect(3).get().value().size(), 3U);
    EXPECT_EQ(emulator.request_count(), 2U);
}

TEST_F(AsyncList, FetchesNothingBeforeItIsAsked) {
    {
        const auto milestones = client.milestones().list(site);
    }
    EXPECT_EQ(emulator.request_count(), 0U);
}

TEST_F(AsyncList, FetchesAheadIfAsked) {
    auto milestones = client.milestones().list(site, {.page_size = 2, .prefetch = true});
    ASSERT_TRUE(milestones.next_page().get());
    EXPECT_TRUE(emulator.wait_for_requests(2, long_enough));
    EXPECT_EQ(milestones.next_page().get().value()->data.size(), 2U);
    EXPECT_EQ(milestones.next_page().get().value()->data.size(), 1U);
    EXPECT_EQ(milestones.next_page().get().value(), std::nullopt);
}

TEST_F(AsyncList, KeepsTheLastCursorBehindWhatItGaveWhenFetchingAhead) {
    auto milestones = client.milestones().list(site, {.page_size = 1, .prefetch = true});
    const auto first = milestones.next_page().get().value();
    EXPECT_TRUE(emulator.wait_for_requests(3, long_enough)) << "the second page has come";
    EXPECT_EQ(milestones.last_cursor(), first->data.back().id.str());
}

TEST_F(AsyncList, RefusesToFetchTwoPagesAtOnce) {
    emulator.inject(faults::delay(200ms));
    auto milestones = client.milestones().list(site, {.page_size = 2});
    Future<std::optional<Page<Milestone>>> first = milestones.next_page();
    EXPECT_EQ(milestones.next_page().get().error().kind, ErrorKind::invalid_argument);
    EXPECT_TRUE(first.get());
}

TEST_F(AsyncList, EndsAfterAnErrorAndCanGoOnFromTheLastCursor) {
    emulator.inject(faults::status(403), {.after = 1});
    auto milestones = client.milestones().list(site, {.page_size = 2});
    ASSERT_TRUE(milestones.next_page().get());
    EXPECT_EQ(milestones.next_page().get().error().kind, ErrorKind::forbidden);
    EXPECT_EQ(milestones.next_page().get().value(), std::nullopt);
    auto rest = client.milestones().list(site, {.starting_after = milestones.last_cursor()});
    EXPECT_EQ(std::move(rest).collect().get().value().size(), 3U);
}

TEST_F(AsyncList, GivesThePageAlthoughTheListIsGone) {
    Future<std::optional<Page<Milestone>>> page = client.milestones().list(site).next_page();
    EXPECT_EQ(page.get().value()->data.size(), 5U);
}

/// Holds a client's thread where an answer has come, until it is let go.
class Holding : public Observer {
public:
    void attempt_ended(const AttemptEnded&) override { is_let_go_.wait(); }
    void let_go() { let_go_.set_value(); }

private:
    std::promise<void> let_go_{};
    std::shared_future<void> is_let_go_{let_go_.get_future()};
};

class Continuation : public AsyncFlow {
    std::shared_ptr<Holding> holding_ = std::make_shared<Holding>();

protected:
    /// An answer that is there already is continued where it is; so those of this client are not, until let_go().
    AsyncClient held{[this] {
        ClientOptions options = client_options();
        options.observer = holding_;
        return options;
    }()};
    void let_go() { holding_->let_go(); }
};

TEST_F(Continuation, RunsOnAThreadOfTheClientOneAfterAnother) {
    std::atomic<int> at_once = 0;
    std::vector<Future<std::thread::id>> threads;
    for (int call = 0; call < 10; ++call) {
        threads.push_back(held.account().get().then([&](const Result<Account>&) {
            EXPECT_EQ(++at_once, 1);
            const std::thread::id here = std::this_thread::get_id();
            --at_once;
            return here;
        }));
    }
    let_go();
    std::set<std::thread::id> seen;
    for (auto& thread : threads) seen.insert(thread.get().value());
    EXPECT_EQ(seen.size(), 1U);
    EXPECT_FALSE(seen.contains(std::this_thread::get_id()));
}

TEST_F(Continuation, RunsOnTheExecutorOfTheClient) {
    std::mutex mutex;
    std::condition_variable came;
    std::deque<Task> tasks;
    const AsyncClient with_executor(client.blocking(), [&](Task task) {
        const std::scoped_lock lock(mutex);
        tasks.push_back(task);
        came.notify_one();
    });
    std::thread::id thread;
    const auto last =
        with_executor.sites().get(site).then([&](const Result<Site>&) { thread = std::this_thread::get_id(); });
    {
        std::unique_lock lock(mutex);
        came.wait(lock, [&] { return !tasks.empty(); });
    }
    tasks.front()();
    EXPECT_EQ(thread, std::this_thread::get_id());
    EXPECT_TRUE(last.is_ready());
}

TEST_F(Continuation, MayBeginMoreCalls) {
    auto events = client.sites().get(site).then(
        [this](const Result<Site>& found) { return client.events().list(found.value().id).collect(); });
    EXPECT_TRUE(events.get());
}

TEST_F(Continuation, IsRefusedABlockingCallOfTheSameClient) {
    auto kind = held.account().get().then(
        [this](const Result<Account>&) { return held.blocking().sites().get(site).error().kind; });
    let_go();
    EXPECT_EQ(kind.get().value(), ErrorKind::would_deadlock);
}

TEST_F(Continuation, IsRefusedToWaitForAFuture) {
    emulator.inject(faults::delay(1500ms), {.only = {.path_prefix = "/sites"}});
    Future<Site> slow = held.sites().get(site);
    auto kind = held.account().get().then([&](const Result<Account>&) { return slow.get().error().kind; });
    let_go();
    EXPECT_EQ(kind.get().value(), ErrorKind::would_deadlock);
    EXPECT_TRUE(slow.get()) << "it is as good as before";
}

TEST_F(Continuation, MayMakeBlockingCallsOfAnotherClient) {
    const Client other{client_options()};
    auto found = client.account().get().then([&](const Result<Account>&) { return other.sites().get(site); });
    EXPECT_TRUE(found.get());
}

TEST_F(Continuation, MayDestroyTheLastClient) {
    auto last = std::make_unique<AsyncClient>(client_options());
    std::promise<void> destroyed;
    std::ignore = last->account().get().then([&](const Result<Account>&) {
        last.reset();
        destroyed.set_value();
    });
    EXPECT_EQ(destroyed.get_future().wait_for(long_enough), std::future_status::ready);
}

} // namespace
} // namespace fathom
