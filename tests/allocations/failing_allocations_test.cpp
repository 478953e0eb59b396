// Memory runs out at each allocation of a call in turn: that call fails, and the next one works.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <memory>
#include <new>
#include <string>

#include <fathom/fathom.hpp>
#include <fathom/testing/scripted_transport.hpp>

namespace {

constexpr int never = -1;
std::atomic<int> allocations_left{never};

bool fails_now() noexcept { return allocations_left != never && allocations_left-- == 0; }

void* allocate(std::size_t size) {
    if (fails_now()) throw std::bad_alloc();
    if (void* const memory = std::malloc(size == 0 ? 1 : size)) return memory; // NOLINT: this is operator new
    throw std::bad_alloc();
}

} // namespace

void* operator new(std::size_t size) { return allocate(size); }
void* operator new[](std::size_t size) { return allocate(size); }
void operator delete(void* memory) noexcept { std::free(memory); }                // NOLINT
void operator delete[](void* memory) noexcept { std::free(memory); }              // NOLINT
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }   // NOLINT
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); } // NOLINT

namespace fathom {
namespace {

/// What becomes of one call while an allocation fails.
struct Outcome {
    bool had_enough_memory = false; ///< The call made fewer allocations.
    bool ended = false;             ///< With a result or an error that says why, or a std::bad_alloc for the caller.
};

bool is_right(const Result<Site>& result) {
    return result || (result.error().kind == ErrorKind::internal && !result.error().message.empty());
}

template <class MakeCall>
Outcome fail_allocation(int which, const MakeCall& make_call) {
    Outcome outcome;
    allocations_left = which;
    try {
        const Result<Site> result = make_call();
        outcome.had_enough_memory = allocations_left.exchange(never) > 0;
        outcome.ended = is_right(result);
    } catch (const std::bad_alloc&) { // where the request is written, before there is a call
        allocations_left = never;
        outcome.ended = true;
    }
    return outcome;
}

class FailingAllocations : public ::testing::Test {
protected:
    template <class MakeCall>
    void expect_each_to_end(const MakeCall& make_call) {
        ASSERT_TRUE(make_call()) << "so that whatever is made once is there";
        for (int which = 0;; ++which) {
            ASSERT_LT(which, 10'000);
            const Outcome outcome = fail_allocation(which, make_call);
            ASSERT_TRUE(outcome.ended) << "allocation " << which;
            ASSERT_TRUE(make_call()) << "after allocation " << which;
            if (outcome.had_enough_memory) break;
        }
    }

    static std::shared_ptr<testing::ScriptedTransport> make_transport() {
        auto transport = std::make_shared<testing::ScriptedTransport>();
        transport->respond_with([](const HttpRequest&) {
            return testing::ScriptedAnswer{.body = R"({"id":"a-name-that-needs-memory","name":"Shop"})"};
        });
        return transport;
    }

    AsyncClient client{ClientOptions{.api_key = "k", .transport = make_transport()}};
    SiteId site{"a-name-that-needs-memory"};
};

TEST_F(FailingAllocations, EndBlockingCalls) {
    expect_each_to_end([this] { return client.blocking().sites().get(site); });
}

TEST_F(FailingAllocations, EndAsyncCalls) {
    expect_each_to_end([this] { return client.sites().get(site).get(); });
}

TEST_F(FailingAllocations, EndWritesToo) {
    expect_each_to_end([this]() -> Result<Site> {
        const Result<void> removed = client.blocking().sites().remove(site, irreversible);
        if (!removed) return removed.error();
        return Site{};
    });
}

TEST_F(FailingAllocations, EndContinuationsThatThrow) {
    const Error own{.kind = ErrorKind::pagination, .message = "a message that needs memory wherever it is copied"};
    expect_each_to_end([&]() -> Result<Site> {
        Future<Site> next = client.sites().get(site).then([&own](const Result<Site>& found) -> Site {
            if (!found) return found.value();
            throw Exception(own);
        });
        const Result<Site> outcome = next.get();
        if (!outcome && outcome.error() == own) return Site{};
        return outcome;
    });
}

TEST_F(FailingAllocations, EndCallsThatShareAnAnswerWhichIsAskedForAgain) {
    const auto transport = std::make_shared<testing::ScriptedTransport>();
    int requests = 0;
    transport->respond_with([&requests](const HttpRequest&) {
        return requests++ == 0 ? testing::ScriptedAnswer{.status = 503}
                               : testing::ScriptedAnswer{.body = R"({"id":"a-name-that-needs-memory","name":"Shop"})"};
    });
    const EventLoopClient hosted(
        ClientOptions{.api_key = "k",
                      .retry = {.budget = 10},
                      .limits = {.resources = {.requests = 100'000, .window = std::chrono::minutes{1}}},
                      .transport = transport},
        {});
    expect_each_to_end([&] {
        requests = 0;
        Future<Site> hasty = hosted.sites().get(site, {.retry = RetryPolicy{.max_attempts = 1}});
        Future<Site> patient = hosted.sites().get(site, {.retry = RetryPolicy{.max_attempts = 3}});
        static_cast<void>(hasty.get());
        Result<Site> found = patient.get();
        const bool is_refused =
            !found && found.error().kind == ErrorKind::server; // its answer, where there is no other
        return is_refused ? Result<Site>(Site{}) : found;
    });
}

} // namespace
} // namespace fathom
