// Who lets go of a client last, and where: nobody waits for a thread that may need what it holds.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

#include <fathom/fathom.hpp>
#include <fathom/testing/scripted_transport.hpp>

namespace fathom {
namespace {

using namespace std::chrono_literals;
using testing::ScriptedAnswer;
using testing::ScriptedTransport;

/// Never answers; a driver that waits for it is woken as by a network.
class SilentTransport final : public Transport {
public:
    void start(TransferId, const HttpRequest&) override {}
    bool abort(TransferId) override { return true; }
    void poll(Clock::duration longest, std::vector<Transfer>&) override {
        std::unique_lock lock(mutex_);
        woken_.wait_for(lock, std::min<Clock::duration>(longest, 1min), [this] { return is_woken_; });
        is_woken_ = false;
    }
    void wake() noexcept override {
        const std::scoped_lock lock(mutex_);
        is_woken_ = true;
        woken_.notify_one();
    }

private:
    std::mutex mutex_{};
    std::condition_variable woken_{};
    bool is_woken_ = false;
};

/// Runs tasks on a thread of its own until it ends.
class Pool {
public:
    Pool() : queue_(std::make_shared<Queue>()), thread_([queue = queue_] { run(*queue); }) {}
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;
    ~Pool() {
        {
            const std::scoped_lock lock(queue_->mutex);
            queue_->is_over = true;
        }
        queue_->changed.notify_one();
        thread_.join();
    }

    /// Shares the queue, which so outlives the pool.
    [[nodiscard]] Executor executor() const {
        return [queue = queue_](Task task) {
            const std::scoped_lock lock(queue->mutex);
            queue->tasks.push_back(task);
            queue->changed.notify_one();
        };
    }

private:
    struct Queue {
        std::mutex mutex{};
        std::condition_variable changed{};
        std::deque<Task> tasks{};
        bool is_over = false;
    };

    static void run(Queue& queue) {
        std::unique_lock lock(queue.mutex);
        while (true) {
            queue.changed.wait(lock, [&] { return queue.is_over || !queue.tasks.empty(); });
            if (queue.tasks.empty()) return;
            const Task task = queue.tasks.front();
            queue.tasks.pop_front();
            lock.unlock();
            task();
            lock.lock();
        }
    }

    std::shared_ptr<Queue> queue_;
    std::thread thread_;
};

const SiteId site{"CDBUGS"};

std::shared_ptr<ScriptedTransport> endless_list() {
    auto transport = std::make_shared<ScriptedTransport>();
    auto page = std::make_shared<std::atomic<int>>(0);
    transport->respond_with([page](const HttpRequest&) {
        const std::string id = "S" + std::to_string(++*page);
        return ScriptedAnswer{.body = R"({"data":[{"id":")" + id + R"(","name":"Shop"}],"has_more":true})"};
    });
    return transport;
}

TEST(LastClient, MayGoWhileAListIsCollectedOnAnExecutor) {
    for (int round = 0; round < 100; ++round) {
        const Pool pool;
        std::optional<AsyncClient> client(std::in_place, ClientOptions{.api_key = "k", .transport = endless_list()},
                                          pool.executor());
        Future<std::vector<Site>> all = client->sites().list().collect(1'000);
        std::this_thread::yield();
        client.reset();
        std::ignore = all.get();
    }
}

TEST(LastClient, MayGoWhileItsCallsAreStopped) {
    for (int round = 0; round < 200; ++round) {
        std::stop_source stop;
        std::optional<AsyncClient> client(
            std::in_place, ClientOptions{.api_key = "k", .transport = std::make_shared<SilentTransport>()});
        std::vector<Future<Site>> calls;
        for (int call = 0; call < 10; ++call) calls.push_back(client->sites().get(site, {.stop = stop.get_token()}));
        std::thread stopper([&] { stop.request_stop(); });
        client.reset();
        stopper.join();
        for (Future<Site>& call : calls) EXPECT_EQ(call.get().error().kind, ErrorKind::cancelled);
    }
}

TEST(LastClient, MayGoUnderALockThatAContinuationTakes) {
    const auto mutex = std::make_shared<std::mutex>();
    std::optional<AsyncClient> client(std::in_place,
                                      ClientOptions{.api_key = "k", .transport = std::make_shared<SilentTransport>()});
    Future<ErrorKind> outcome = client->sites().get(site).then([mutex](const Result<Site>& result) {
        const std::scoped_lock lock(*mutex);
        return result.error().kind;
    });
    {
        const std::scoped_lock lock(*mutex);
        client.reset();
    }
    EXPECT_EQ(outcome.get().value(), ErrorKind::cancelled);
}

/// Awaits a call in one expression, for which the coroutine keeps the module.
Future<ErrorKind> kind_of_error(const std::optional<AsyncClient>& client) {
    co_return (co_await client->sites().get(site)).error().kind;
}

TEST(LastClient, EndsACallThatIsAwaitedInOneExpression) {
    std::optional<AsyncClient> client(std::in_place,
                                      ClientOptions{.api_key = "k", .transport = std::make_shared<SilentTransport>()});
    Future<ErrorKind> outcome = kind_of_error(client);
    client.reset();
    ASSERT_TRUE(outcome.wait_for(30s));
    EXPECT_EQ(outcome.get().value(), ErrorKind::cancelled);
}

TEST(LastClient, IsMissedByItsModules) {
    std::optional<AsyncClient> client(std::in_place,
                                      ClientOptions{.api_key = "k", .transport = std::make_shared<SilentTransport>()});
    const auto sites = client->sites();
    client.reset();
    EXPECT_EQ(sites.get(site).get().error().fields.at(0).field, "client");
}

TEST(LastClient, MayGoInAHookOfItsObserver) {
    struct Last final : Observer {
        std::optional<AsyncClient> client{};
        void attempt_started(const AttemptStarted&) override { client.reset(); }
    };
    const auto observer = std::make_shared<Last>();
    observer->client.emplace(
        ClientOptions{.api_key = "k", .transport = std::make_shared<SilentTransport>(), .observer = observer});
    Future<Site> call = observer->client->sites().get(site);
    EXPECT_EQ(call.get().error().kind, ErrorKind::cancelled);
}

TEST(LastClient, MayGoInAHookOfARequestOfItsOwn) {
    struct Last final : Observer {
        std::optional<Client> client{};
        void attempt_started(const AttemptStarted&) override { client.reset(); }
    };
    const auto transport = std::make_shared<ScriptedTransport>();
    transport->then({.body = "{}"});
    const auto observer = std::make_shared<Last>();
    observer->client.emplace(ClientOptions{.api_key = "k", .transport = transport, .observer = observer});
    EXPECT_TRUE(observer->client->request({.path = "/new"}));
    EXPECT_FALSE(observer->client);
}

TEST(StopToken, StoppedBeforehandEndsACallThatTheObserverHearsBeginAndEnd) {
    struct Count final : Observer {
        std::atomic<std::uint64_t> started{0}; // ids of two calls, 1 and 2
        std::atomic<std::uint64_t> ended{0};
        void call_started(const CallStarted& event) override { started += event.call.id; }
        void call_ended(const CallEnded& event) override { ended += event.call.id; }
    };
    const auto observer = std::make_shared<Count>();
    const auto transport = endless_list();
    const AsyncClient client({.api_key = "k", .transport = transport, .observer = observer});
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(client.sites().get(site, {.stop = stop.get_token()}).get().error().kind, ErrorKind::cancelled);
    EXPECT_EQ(client.blocking().sites().get(site, {.stop = stop.get_token()}).error().kind, ErrorKind::cancelled);
    EXPECT_EQ(observer->started, 3U);
    EXPECT_EQ(observer->ended, 3U);
    EXPECT_TRUE(transport->requests().empty());
}

TEST(MovedAway, ClientsSaySo) {
    Client client({.api_key = "k", .transport = endless_list()});
    const Client kept = std::move(client);
    // NOLINTBEGIN(bugprone-use-after-move): that is what is tested
    EXPECT_EQ(client.sites().get(site).error().kind, ErrorKind::invalid_argument);
    EXPECT_EQ(client.sites().list().collect().error().kind, ErrorKind::invalid_argument);
    EXPECT_EQ(client.request({.path = "/x"}).error().kind, ErrorKind::invalid_argument);
    EXPECT_EQ(client.quota().reports.requests_sent, 0U);
    EXPECT_EQ(AsyncClient(client).sites().get(site).get().error().kind, ErrorKind::invalid_argument);
    // NOLINTEND(bugprone-use-after-move)
}

TEST(MovedAway, ListsTellTheirCursor) {
    const AsyncClient client({.api_key = "k", .transport = endless_list()});
    AsyncItems<Site> list = client.sites().list();
    Future<std::vector<Site>> all = std::move(list).collect(2);
    EXPECT_EQ(all.get().value().size(), 2U);
    // NOLINTBEGIN(bugprone-use-after-move)
    EXPECT_EQ(list.last_cursor(), "S2");
    EXPECT_EQ(list.next_page().get().error().kind, ErrorKind::invalid_argument);
    Items<Site> items = client.blocking().sites().list();
    std::ignore = std::move(items).pages();
    EXPECT_EQ(items.last_cursor(), std::nullopt);
    // NOLINTEND(bugprone-use-after-move)
}

TEST(Cancel, ReachesTheCallBehindAChainOfAnyLength) {
    const AsyncClient client({.api_key = "k", .transport = std::make_shared<SilentTransport>()});
    Future<int> last = client.sites().get(site).then([](const Result<Site>&) { return 0; });
    constexpr int length = 200'000;
    for (int link = 0; link < length; ++link) {
        last = std::move(last).then([](Result<int> count) { return count.value() + 1; });
    }
    last.cancel();
    EXPECT_EQ(last.get().value(), length);
}

TEST(ScriptedResponder, MayLookAtItsTransport) {
    const auto transport = std::make_shared<ScriptedTransport>();
    transport->respond_with([&transport = *transport](const HttpRequest&) {
        return ScriptedAnswer{.body =
                                  R"({"id":"S)" + std::to_string(transport.requests().size()) + R"(","name":"Shop"})"};
    });
    const Client client({.api_key = "k", .transport = transport});
    EXPECT_EQ(client.sites().get(site).value().id, SiteId("S1"));
}

} // namespace
} // namespace fathom
