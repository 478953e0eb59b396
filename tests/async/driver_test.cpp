// The thread that drives a client's calls, and how others wake it.
#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include <gtest/gtest.h>

#include <fathom/fathom.hpp>

namespace fathom {
namespace {

/// Never answers; goes on from poll() when it is woken and the test lets it.
class StallingTransport final : public Transport {
public:
    void start(TransferId, const HttpRequest&) override {}
    bool abort(TransferId) override { return false; }
    void poll(Clock::duration, std::vector<Transfer>&) override {
        std::unique_lock lock(mutex_);
        ++polls_;
        changed_.notify_all();
        changed_.wait(lock, [this] { return is_woken_ && !is_held_; });
        is_woken_ = false;
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

} // namespace
} // namespace fathom
