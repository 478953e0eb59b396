/// @file
/// Browsers that look at the board, and what asks the exporter.
#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace fathom {

/// How long answers took, from many threads.
class Latencies {
public:
    void add(std::chrono::nanoseconds latency);
    [[nodiscard]] std::size_t count() const;
    /// @param part of 1: 0.99 for the 99th percentile
    [[nodiscard]] std::chrono::nanoseconds percentile(double part) const;

private:
    mutable std::mutex mutex_{};
    std::vector<std::chrono::nanoseconds> latencies_{};
};

/// Each holds a stream of events open, and asks for the board once a second besides.
class Browsers {
public:
    Browsers(int port, std::size_t count, Latencies& latencies);
    Browsers(const Browsers&) = delete;
    Browsers& operator=(const Browsers&) = delete;
    /// Waits for the ends of the streams, so let the board end before.
    ~Browsers();

private:
    std::vector<std::jthread> threads_{};
};

/// Asks for the metrics once a second.
class Scraper {
public:
    Scraper(int port, Latencies& latencies);

private:
    std::jthread thread_;
};

} // namespace fathom
