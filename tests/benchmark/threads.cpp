// Many threads, each of which makes one blocking call after the other.
#include <atomic>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <fathom/fathom.hpp>

#include "support/by_hand.hpp"
#include "support/client_options.hpp"
#include "support/multi_by_hand.hpp"
#include "support/processor.hpp"
#include "support/rounds.hpp"
#include "support/server_process.hpp"

namespace {

using namespace fathom::benchmark;

constexpr int thread_count = 16;
constexpr int calls_per_thread = 100;

template <class MakeCaller>
void from_threads(const MakeCaller& make_caller) {
    std::vector<std::jthread> threads;
    for (int i = 0; i < thread_count; ++i) {
        threads.emplace_back([&] {
            auto call = make_caller();
            for (int made = 0; made < calls_per_thread; ++made) call();
        });
    }
}

void measure(std::string_view work) {
    const ServerProcess server;
    // Sixteen different questions, so that none waits for the answer of another.
    const fathom::Client client(client_options(server.base_url()));
    std::atomic<int> last_question = 0;
    const auto our_caller = [&] {
        const fathom::RawRequest request{.path = "/sites", .query = {{"limit", std::to_string(++last_question)}}};
        return [&client, request] { static_cast<void>(client.request(request).value()); };
    };
    const auto their_caller = [&] {
        return [&, handle = std::make_unique<by_hand::EasyHandle>(),
                url = server.base_url() + "/sites?limit=" + std::to_string(++last_question)] {
            static_cast<void>(handle->get(url));
        };
    };
    by_hand::MultiHandle multi(thread_count);
    const auto timings =
        time_beside_each_other({{"fathom", [&] { from_threads(our_caller); }},
                                {"an easy handle for each thread", [&] { from_threads(their_caller); }},
                                {"one thread with a multi handle of libcurl's, which serves nobody else",
                                 [&] { multi.get(server.base_url() + "/sites?limit=100", calls_per_thread); }}},
                               {.rounds = 31});
    print_ratio(work, timings[1].name, 1 / median_ratio(timings[0].wall_seconds, timings[1].wall_seconds),
                Goal::at_least, 0.85);
    std::printf("  (%s makes %.3f of their calls per second)\n", timings[2].name.c_str(),
                1 / median_ratio(timings[2].wall_seconds, timings[1].wall_seconds));
}

} // namespace

int main() {
    print_head();
    measure("16 threads on one client: calls per second");
    stay_on_one_processor();
    measure("the same, with the server, on one processor");
}
