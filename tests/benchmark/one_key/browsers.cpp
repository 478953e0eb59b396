#include "browsers.hpp"

#include <algorithm>
#include <condition_variable>
#include <string>

#include <httplib.h>

namespace fathom {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

/// @return whether the pause was not cut short
bool pause(const std::stop_token& stop, Clock::duration duration) {
    std::mutex mutex;
    std::condition_variable_any stopped;
    std::unique_lock lock(mutex);
    return !stopped.wait_for(lock, stop, duration, [&] { return stop.stop_requested(); });
}

void listen(const std::stop_token& stop, int port) {
    while (!stop.stop_requested()) {
        httplib::Client browser("127.0.0.1", port);
        browser.set_read_timeout(60s);
        const auto ended = browser.Get("/events", [&](const char*, std::size_t) { return !stop.stop_requested(); });
        if (!ended) static_cast<void>(pause(stop, 1s)); // as a browser would
    }
}

/// Each second a page, measured where it came whole.
void ask(const std::stop_token& stop, int port, const std::string& path, Latencies& latencies) {
    httplib::Client client("127.0.0.1", port);
    client.set_read_timeout(60s);
    client.set_keep_alive(true); // as browsers and Prometheus do
    do {
        const auto start = Clock::now();
        const auto answer = client.Get(path);
        if (answer && answer->status == 200) latencies.add(Clock::now() - start);
    } while (pause(stop, 1s));
}

} // namespace

void Latencies::add(std::chrono::nanoseconds latency) {
    const std::lock_guard lock(mutex_);
    latencies_.push_back(latency);
}

std::size_t Latencies::count() const {
    const std::lock_guard lock(mutex_);
    return latencies_.size();
}

std::chrono::nanoseconds Latencies::percentile(double part) const {
    const std::lock_guard lock(mutex_);
    if (latencies_.empty()) return std::chrono::nanoseconds::max();
    auto sorted = latencies_;
    const auto at = static_cast<std::size_t>(part * static_cast<double>(sorted.size() - 1));
    std::ranges::nth_element(sorted, sorted.begin() + static_cast<std::ptrdiff_t>(at));
    return sorted[at];
}

Browsers::Browsers(int port, std::size_t count, Latencies& latencies) {
    for (std::size_t i = 0; i < count; ++i) {
        threads_.emplace_back([port](const std::stop_token& stop) { listen(stop, port); });
        threads_.emplace_back([port, i, &latencies](const std::stop_token& stop) {
            static_cast<void>(pause(stop, i * 20ms)); // so that they do not all ask in one moment
            ask(stop, port, "/board.json", latencies);
        });
    }
}

Browsers::~Browsers() {
    for (std::jthread& thread : threads_) thread.request_stop();
}

Scraper::Scraper(int port, Latencies& latencies)
    : thread_([port, &latencies](const std::stop_token& stop) { ask(stop, port, "/metrics", latencies); }) {}

} // namespace fathom
