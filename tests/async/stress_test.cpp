// Many threads and styles of calls at once, with faults, cancellations and clients that go: for the thread sanitizer, and
// for whatever gets stuck.
#include <atomic>
#include <random>
#include <thread>

#include "flows/emulated_service.hpp"

namespace fathom {
namespace {

using namespace std::chrono_literals;
namespace faults = testing::faults;

class Stress : public EmulatedService {
protected:
    static constexpr int threads = 8;
    static constexpr int rounds = 60;

    Stress() {
        for (int number = 0; number < 5; ++number) emulator.add_milestone(site.str());
    }

    /// Any of the faults, most requests being spared.
    void inject(std::minstd_rand& random) {
        const testing::FaultSchedule once{.times = 1, .after = static_cast<int>(random() % 5)};
        switch (random() % 5) {
        case 0: return emulator.inject(faults::status(503), once);
        case 1: return emulator.inject(faults::drop_before_handling(), once);
        case 2: return emulator.inject(faults::drop_inside_body(), once);
        case 3: return emulator.inject(faults::delay(20ms), once);
        default: return emulator.inject(faults::truncated_json(), once);
        }
    }

    static void check(const Error& error) {
        EXPECT_NE(error.kind, ErrorKind::internal) << error;
        EXPECT_NE(error.kind, ErrorKind::would_deadlock) << error;
        EXPECT_NE(error.kind, ErrorKind::invalid_argument) << error;
    }
    template <class T>
    static void check(const Result<T>& result) {
        if (!result) check(result.error());
    }

    void block(const Client& client, std::minstd_rand& random) const {
        check(client.sites().get(site, {.timeout = std::chrono::milliseconds{random() % 50 + 1}}));
        check(client.milestones().list(site, {.page_size = 2, .prefetch = random() % 2 == 0}).collect(random() % 6));
    }

    void begin(const AsyncClient& client, std::minstd_rand& random) {
        auto found = client.sites().get(site).then([this](Result<Site> result) {
            check(result);
            ++ended;
        });
        ++begun;
        if (random() % 3 == 0) found.cancel();
        if (random() % 2 == 0) check(found.get());
    }

    static Future<std::size_t> walk(AsyncClient client, SiteId site, std::atomic<int>& ended) {
        std::size_t count = 0;
        auto milestones = client.milestones().list(site, {.page_size = 2, .prefetch = true});
        while (true) {
            const auto page = co_await milestones.next_page();
            check(page);
            if (!page || !*page) break;
            count += (*page)->data.size();
        }
        ++ended;
        co_return count;
    }

    void work(const AsyncClient& shared, unsigned seed) {
        std::minstd_rand random(seed);
        for (int round = 0; round < rounds; ++round) {
            inject(random);
            const AsyncClient client = random() % 4 == 0 ? AsyncClient(client_options()) : shared;
            block(client.blocking(), random);
            begin(client, random);
            ++begun;
            Future<std::size_t> count = walk(client, site, ended);
            if (random() % 3 == 0) count.cancel();
            if (random() % 2 == 0) check(count.get());
            std::stop_source stop;
            auto stopped = client.milestones().list(site, {.call = {.stop = stop.get_token()}}).collect();
            stop.request_stop();
            check(stopped.get());
        } // and clients go with calls in flight
    }

    std::atomic<int> begun = 0;
    std::atomic<int> ended = 0;
};

TEST_F(Stress, EndsEveryCallOfEveryStyle) {
    {
        const AsyncClient shared(client_options());
        std::vector<std::jthread> workers;
        for (unsigned number = 1; number <= threads; ++number) {
            workers.emplace_back([this, &shared, number] { work(shared, number); });
        }
    }
    const auto give_up_at = std::chrono::steady_clock::now() + 30s;
    while (ended < begun && std::chrono::steady_clock::now() < give_up_at) std::this_thread::yield();
    EXPECT_EQ(ended, begun);
    EXPECT_TRUE(Client(client_options()).account().get()) << "the service is as sound as before";
}

} // namespace
} // namespace fathom
