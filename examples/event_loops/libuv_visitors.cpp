// Prints how many visitors each of your sites has now, in a loop of libuv (as Node.js has it).
//
//     FATHOM_API_KEY=... libuv_visitors
#include <cstdint>
#include <exception>
#include <iostream>

#include <uv.h>

#include "show_visitors.hpp"

namespace {

/// A client with what libuv needs to watch it.
class WatchedClient {
public:
    explicit WatchedClient(uv_loop_t* loop) {
        uv_timer_init(loop, &timer_);
        uv_poll_init(loop, &poll_, client.descriptor());
        timer_.data = poll_.data = this;
        uv_poll_start(&poll_, UV_READABLE, [](uv_poll_t* poll, int, int) { of(poll->data).turn(); });
    }
    WatchedClient(const WatchedClient&) = delete;
    WatchedClient& operator=(const WatchedClient&) = delete;
    ~WatchedClient() = default;

    /// So that the loop ends; to be called on it.
    void stop_watching() {
        is_watched_ = false;
        uv_close(reinterpret_cast<uv_handle_t*>(&timer_), nullptr); // NOLINT: libuv's way
        uv_close(reinterpret_cast<uv_handle_t*>(&poll_), nullptr);  // NOLINT: libuv's way
    }

    const fathom::EventLoopClient client = fathom::EventLoopClient::from_env();

private:
    static WatchedClient& of(void* self) { return *static_cast<WatchedClient*>(self); }

    void turn() {
        client.process();
        const auto left = client.time_to_deadline();
        if (!is_watched_) return;
        if (!left) {
            uv_timer_stop(&timer_);
        } else {
            uv_timer_start(
                &timer_, [](uv_timer_t* timer) { of(timer->data).turn(); }, static_cast<std::uint64_t>(left->count()),
                0);
        }
    }

    uv_timer_t timer_{};
    uv_poll_t poll_{};
    bool is_watched_ = true;
};

} // namespace

int main() try {
    uv_loop_t* const loop = uv_default_loop();
    WatchedClient watched(loop);
    auto shown = show_visitors(watched.client).then([&](fathom::Result<void> result) {
        watched.stop_watching();
        return result;
    });
    uv_run(loop, UV_RUN_DEFAULT);
    shown.get().value();
} catch (const std::exception& problem) {
    std::cerr << problem.what() << '\n';
    return 1;
}
