// The thread that drives a client's calls, and how others wake it.
#include <algorithm>
#include <condition_variable>
#include <iterator>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include <fathom/fathom.hpp>

namespace fathom {
namespace {

/// Answers what the test tells it to; goes on from poll() when there is something to tell, and the test lets it.
class StallingTransport final : public Transport {
public:
    void start(TransferId id, const HttpRequest&) override {
        const std::scoped_lock lock(mutex_);
        last_started_ = id;
    }
    bool abort(TransferId) override { return false; }
    void poll(Clock::duration, std::vector<Transfer>& ended) override {
        std::unique_lock lock(mutex_);
        ++polls_;
        polled_with_ = last_started_;
        poller_ = std::this_thread::get_id();
        changed_.notify_all();
        changed_.wait(lock, [this] { return (is_woken_ || !answers_.empty()) && !is_held_; });
        is_woken_ = false;
        std::ranges::move(answers_, std::back_inserter(ended));
        answers_.clear();
    }
    void wake() noexcept override {
        const std::scoped_lock lock(mutex_);
        ++wakes_;
        is_woken_ = true;
        changed_.notify_all();
    }

    void wait_for_poll(int number) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return polls_ >= number; });
    }
    /// Waits until the driver polls with so many calls under way.
    void wait_for_calls(TransferId count) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return polled_with_ == count; });
    }
    /// Ends a call.
    void answer(TransferId id) {
        const std::scoped_lock lock(mutex_);
        answers_.push_back({id, HttpResponse{.status = 200, .body = R"({"id":"A","name":"Shop"})"}});
        answered_at_ = polls_;
        changed_.notify_all();
    }
    /// Who polls after the last answer.
    std::thread::id next_poller() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return polls_ > answered_at_; });
        return poller_;
    }
    void let_go() {
        const std::scoped_lock lock(mutex_);
        is_held_ = false;
        changed_.notify_all();
    }
    int wakes() {
        const std::scoped_lock lock(mutex_);
        return wakes_;
    }

private:
    std::mutex mutex_{};
    std::condition_variable changed_{};
    bool is_held_ = true;
    bool is_woken_ = false;
    int polls_ = 0;
    int wakes_ = 0;
    int answered_at_ = 0;
    TransferId last_started_ = 0;
    TransferId polled_with_ = 0;
    std::thread::id poller_{};
    std::vector<Transfer> answers_{};
};

TEST(Driver, IsWokenOnceForAllThatIsAskedWhileItSleeps) {
    const auto transport = std::make_shared<StallingTransport>();
    std::vector<Future<Site>> calls;
    {
        const AsyncClient client{{.api_key = "key", .transport = transport}};
        calls.push_back(client.sites().get(SiteId{"SITE0"}));
        transport->wait_for_poll(1);
        for (const char* id : {"SITE1", "SITE2", "SITE3"}) calls.push_back(client.sites().get(SiteId{id}));
        calls.front().cancel();
        EXPECT_EQ(transport->wakes(), 1);
        transport->let_go();
        transport->wait_for_poll(2);
        EXPECT_TRUE(calls.front().is_ready()) << "the driver has looked at all of it";
    }
    for (Future<Site>& call : calls) EXPECT_EQ(call.get().error().kind, ErrorKind::cancelled);
}

TEST(Driver, HandsItsRoleToTheCallerThatCameLastSinceThatWillWaitLongest) {
    const auto transport = std::make_shared<StallingTransport>();
    transport->let_go();
    const Client client{{.api_key = "key", .transport = transport}};
    std::vector<std::jthread> callers;
    for (TransferId number = 1; number <= 3; ++number) {
        callers.emplace_back(
            [&client, number] { EXPECT_TRUE(client.sites().get(SiteId{"SITE" + std::to_string(number)})); });
        transport->wait_for_calls(number);
    }
    transport->answer(1); // of the caller that has driven until now
    EXPECT_EQ(transport->next_poller(), callers[2].get_id());
    transport->answer(2);
    EXPECT_EQ(transport->next_poller(), callers[2].get_id());
    transport->answer(3);
}

} // namespace
} // namespace fathom
