#include "latest.hpp"

#include <utility>

void Latest::publish(std::string text) {
    const std::lock_guard lock(mutex_);
    text_ = std::move(text);
    ++count_;
    changed_.notify_all();
}

std::optional<Numbered> Latest::get() const {
    const std::lock_guard lock(mutex_);
    return current();
}

std::optional<Numbered> Latest::wait_for_other(const std::string& known, std::chrono::milliseconds longest) const {
    std::unique_lock lock(mutex_);
    const auto is_over = [&] { return is_closed_ || (count_ > 0 && id() != known); };
    if (!changed_.wait_for(lock, longest, is_over) || is_closed_) return std::nullopt;
    return current();
}

void Latest::close() {
    const std::lock_guard lock(mutex_);
    is_closed_ = true;
    changed_.notify_all();
}

bool Latest::is_closed() const {
    const std::lock_guard lock(mutex_);
    return is_closed_;
}

std::optional<Numbered> Latest::current() const {
    return count_ > 0 ? std::optional(Numbered{id(), text_}) : std::nullopt;
}
