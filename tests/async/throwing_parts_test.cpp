// Parts of a program's own that throw: the calls concerned end with `internal`, and everything else goes on.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <fathom/fathom.hpp>
#include <fathom/testing/scripted_transport.hpp>

namespace fathom {
namespace {

const SiteId some_site{"CDBUGS"};

/// A scripted transport of which chosen functions throw.
class ThrowingTransport final : public Transport {
public:
    ThrowingTransport() {
        scripted_.respond_with([](const HttpRequest&) {
            return testing::ScriptedAnswer{.body = R"({"id":"CDBUGS","name":"Shop"})",
                                           .latency = std::chrono::milliseconds{10}};
        });
    }

    std::atomic<bool> start_throws{false};
    std::atomic<bool> poll_throws{false};
    std::atomic<bool> calendar_throws{false};
    std::atomic<bool> descriptor_throws{false};
    mutable std::atomic<int> clock_throws_after{-1}; ///< So many times that it is asked.

    void start(TransferId id, const HttpRequest& request) override {
        if (start_throws) throw std::runtime_error("no start");
        scripted_.start(id, request);
    }
    bool abort(TransferId) override { throw std::runtime_error("no abort"); }
    void poll(Clock::duration longest, std::vector<Transfer>& ended) override {
        if (poll_throws) throw std::runtime_error("no poll");
        scripted_.poll(longest, ended);
    }
    void wake() noexcept override { scripted_.wake(); }
    [[nodiscard]] int descriptor() override {
        if (descriptor_throws) throw std::runtime_error("no descriptor");
        return -1;
    }
    [[nodiscard]] std::chrono::system_clock::time_point calendar_now() const override {
        if (calendar_throws) throw std::runtime_error("no date");
        return scripted_.calendar_now();
    }
    [[nodiscard]] Clock::time_point now() const override {
        if (clock_throws_after >= 0 && clock_throws_after-- == 0) throw std::runtime_error("no time");
        return scripted_.now();
    }

private:
    testing::ScriptedTransport scripted_{};
};

/// Rules of time zones that throw.
class ThrowingZones final : public TimeZones {
public:
    [[nodiscard]] std::optional<ZonePeriod> period_at(const std::string&, std::chrono::sys_seconds) const override {
        throw std::runtime_error("no rules");
    }
};

/// A limiter that takes no client.
class UnwillingLimiter final : public RateLimiter {
public:
    Result<Admission> acquire(LimitGroup, Clock::time_point, Clock::duration) override { return Permit{}; }
    void release(LimitGroup, Permit, PermitUse, Clock::time_point) override {}
    void close(LimitGroup, Clock::time_point, Clock::time_point) override {}
    [[nodiscard]] Clock::time_point earliest(LimitGroup, std::size_t, Clock::time_point now) const override {
        return now;
    }
    [[nodiscard]] std::size_t free_permits(LimitGroup, Clock::time_point) const override { return 1; }
    [[nodiscard]] const RateLimits& limits() const noexcept override { return limits_; }
    [[nodiscard]] std::shared_ptr<RateLimiter> attach(Notice) override { throw std::runtime_error("no view"); }

private:
    RateLimits limits_{};
};

class ThrowingParts : public ::testing::Test {
protected:
    template <class T>
    static void expect_internal(const Result<T>& result, const std::string& what) {
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, ErrorKind::internal);
        EXPECT_NE(result.error().message.find(what), std::string::npos) << result.error().message;
    }

    std::shared_ptr<ThrowingTransport> transport = std::make_shared<ThrowingTransport>();
    AsyncClient client{ClientOptions{.api_key = "k", .transport = transport}};
};

TEST_F(ThrowingParts, OfTheClockEndTheCallsConcernedAndNotTheClient) {
    for (int after = 0; after < 40; ++after) {
        transport->clock_throws_after = after;
        const Result<Site> hit = client.sites().get(some_site).get();
        if (!hit) expect_internal(hit, "no time");
        transport->clock_throws_after = -1;
        ASSERT_TRUE(client.sites().get(some_site).get()) << after;
        transport->clock_throws_after = after;
        const Result<Site> blocking = client.blocking().sites().get(some_site);
        if (!blocking) expect_internal(blocking, "no time");
        transport->clock_throws_after = -1;
        ASSERT_TRUE(client.blocking().sites().get(some_site)) << after;
    }
}

TEST_F(ThrowingParts, OfAReportOfTheLastDaysEndItAndNotTheClient) {
    PageviewQuery query{.aggregates = {PageviewMetric::visits}, .range = last_days(7)};
    query.timezone = "Europe/Berlin";
    PageviewHistoryQuery history_query{.aggregates = {PageviewMetric::visits}, .range = last_days(7)};
    history_query.timezone = "Europe/Berlin";
    const auto expect_both = [&](const AsyncClient& asked, const char* what) {
        expect_internal(asked.blocking().aggregations().pageviews(some_site, query), what);
        expect_internal(asked.aggregations().pageviews(some_site, query).get(), what);
        expect_internal(asked.blocking().aggregations().history(some_site, history_query).collect(), what);
        expect_internal(asked.aggregations().history(some_site, history_query).collect().get(), what);
    };
    transport->calendar_throws = true;
    expect_both(client, "no date");
    transport->calendar_throws = false;
    transport->clock_throws_after = 0;
    expect_internal(client.blocking().aggregations().pageviews(some_site, query), "no time");
    transport->clock_throws_after = 0;
    expect_internal(client.aggregations().pageviews(some_site, query).get(), "no time");
    transport->clock_throws_after = -1;
    const AsyncClient lost({.api_key = "k", .transport = transport, .time_zones = std::make_shared<ThrowingZones>()});
    expect_both(lost, "no rules");
    EXPECT_TRUE(client.sites().get(some_site).get());
}

TEST_F(ThrowingParts, OfAClientThatIsMadeRefuseIt) {
    const auto made =
        Client::create({.api_key = "k", .rate_limiter = std::make_shared<UnwillingLimiter>(), .transport = transport});
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().message, "the transport or the limiter threw: no view");
    transport->descriptor_throws = true;
    const auto hosted = EventLoopClient::create({.api_key = "k", .transport = transport}, {});
    ASSERT_FALSE(hosted);
    EXPECT_EQ(hosted.error().message, "the transport or the limiter threw: no descriptor");
}

TEST_F(ThrowingParts, ClockOfALoopIsMetInItsProcess) {
    const EventLoopClient hosted({.api_key = "k", .transport = transport}, {});
    Future<Site> call = hosted.sites().get(some_site);
    transport->clock_throws_after = 0;
    EXPECT_TRUE(hosted.next_deadline());
    transport->clock_throws_after = 0;
    hosted.process();
    transport->clock_throws_after = -1;
    expect_internal(call.get(), "no time");
}

TEST_F(ThrowingParts, ClockLetsACallOfAnotherThreadWaitForItsHost) {
    const EventLoopClient hosted({.api_key = "k", .transport = transport}, {});
    transport->start_throws = true;
    transport->clock_throws_after = 1; // behind the deadline
    std::atomic<bool> has_ended = false;
    const std::jthread other([&] {
        expect_internal(hosted.blocking().sites().get(some_site), "no start");
        has_ended = true;
    });
    while (transport->clock_throws_after >= 0) std::this_thread::yield();
    while (!has_ended) hosted.process();
}

TEST_F(ThrowingParts, StartOfATransportEndsItsCall) {
    transport->start_throws = true;
    std::vector<std::thread> threads;
    for (int i = 0; i < 6; ++i) {
        threads.emplace_back([&, i] {
            const SiteId other("S" + std::to_string(i));
            expect_internal(client.blocking().sites().get(other), "the transport threw: no start");
        });
    }
    expect_internal(client.sites().get(some_site).get(), "the transport threw: no start");
    for (std::thread& thread : threads) thread.join();
    transport->start_throws = false;
    EXPECT_TRUE(client.sites().get(some_site).get());
    EXPECT_TRUE(client.blocking().sites().get(some_site));
}

TEST_F(ThrowingParts, PollOfATransportEndsTheCallsUnderWay) {
    transport->poll_throws = true;
    expect_internal(client.blocking().sites().get(some_site), "the transport threw: no poll");
    expect_internal(client.sites().get(some_site).get(), "the transport threw: no poll");
    transport->poll_throws = false;
    EXPECT_TRUE(client.sites().get(some_site).get());
}

TEST_F(ThrowingParts, ExecutorGivesItsContinuationAnError) {
    const Executor broken = [](Task) { throw std::runtime_error("no room"); };
    Future<Result<Site>> seen = client.sites().get(some_site).via(broken).then(
        [](Result<Site> found) -> Result<Result<Site>> { return found; });
    expect_internal(seen.get().value(), "the executor threw: no room");
}

TEST_F(ThrowingParts, ObserverChangesNothing) {
    struct Broken final : Observer {
        void call_started(const CallStarted&) override { throw std::runtime_error("no start"); }
        void attempt_started(const AttemptStarted&) override { throw std::runtime_error("no attempt"); }
        void call_ended(const CallEnded&) override { throw std::runtime_error("no end"); }
    };
    const AsyncClient watched({.api_key = "k", .transport = transport, .observer = std::make_shared<Broken>()});
    EXPECT_TRUE(watched.sites().get(some_site).get());
    EXPECT_TRUE(watched.blocking().sites().get(some_site));
}

} // namespace
} // namespace fathom
