#include "background.hpp"

#include <utility>

namespace fathom::soak {

Background::Background() : thread_([this](const std::stop_token& stop) { run(stop); }) {}

Executor Background::executor() {
    return [this](Task task) {
        {
            const std::lock_guard hold(lock_);
            tasks_.push_back(task);
        }
        has_work_.notify_one();
    };
}

void Background::run(const std::stop_token& stop) {
    while (true) {
        std::vector<Task> tasks;
        {
            std::unique_lock hold(lock_);
            has_work_.wait(hold, stop, [this] { return !tasks_.empty(); });
            tasks.swap(tasks_);
        }
        if (tasks.empty()) return;
        for (const Task& task : tasks) task();
    }
}

} // namespace fathom::soak
