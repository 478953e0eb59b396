/// @file
/// A thread that runs continuations, as a program's own executor does.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include <fathom/executor.hpp>

namespace fathom::soak {

/// Runs all that it was given before it ends. Must outlive whoever gives it tasks.
class Background {
public:
    Background();
    Background(const Background&) = delete;
    Background& operator=(const Background&) = delete;

    [[nodiscard]] Executor executor();

private:
    void run(const std::stop_token& stop);

    std::mutex lock_{};
    std::condition_variable_any has_work_{};
    std::vector<Task> tasks_{}; // guarded by the lock
    std::jthread thread_;
};

} // namespace fathom::soak
