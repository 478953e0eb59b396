#include "feed.hpp"

#include <algorithm>
#include <utility>

Feed::Feed(fathom::AsyncClient client, fathom::SiteId site, std::chrono::seconds interval, Latest& latest)
    : client_(std::move(client)), site_(std::move(site)), interval_(interval), latest_(latest) {}

Feed::~Feed() {
    stop_.request_stop();
    fathom::Future<void> running;
    {
        const std::lock_guard lock(mutex_);
        running = std::move(running_);
    }
    if (running.valid()) static_cast<void>(running.get());
}

std::shared_ptr<const void> Feed::watch() {
    bool begins = false;
    {
        const std::lock_guard lock(mutex_);
        if (viewers_ == most_viewers) return nullptr;
        ++viewers_;
        begins = !std::exchange(is_running_, true);
    }
    if (begins) {
        fathom::Future<void> running = refresh_while_watched();
        const std::lock_guard lock(mutex_);
        running_ = std::move(running);
    }
    return {this, [this](const void*) { leave(); }};
}

void Feed::leave() {
    const std::lock_guard lock(mutex_);
    --viewers_;
}

bool Feed::go_on() {
    const std::lock_guard lock(mutex_);
    is_running_ = viewers_ > 0 && !stop_.stop_requested();
    return is_running_;
}

std::chrono::milliseconds Feed::time_until_due() const {
    if (!looked_at_) return {};
    const auto left = *looked_at_ + interval_ - std::chrono::steady_clock::now();
    return std::max(std::chrono::ceil<std::chrono::milliseconds>(left), std::chrono::milliseconds{0});
}

fathom::Future<void> Feed::refresh_while_watched() {
    // A page that was closed and opened again does not pay twice.
    static_cast<void>(co_await client_.sleep_for(time_until_due(), stop_.get_token()));
    while (go_on()) {
        publish(co_await look());
        static_cast<void>(co_await client_.sleep_for(interval_, stop_.get_token()));
    }
}

fathom::Future<fathom::cli::Panels> Feed::look() const {
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    return read_panels(client_, site_, now, snapshot_.panels,
                       {.call = {.stop = stop_.get_token(), .priority = fathom::Priority::interactive}});
}

void Feed::publish(fathom::Result<fathom::cli::Panels> panels) {
    looked_at_ = std::chrono::steady_clock::now();
    snapshot_.next_at = std::chrono::ceil<std::chrono::seconds>(std::chrono::system_clock::now() + interval_);
    if (panels) {
        snapshot_.panels = *std::move(panels);
        snapshot_.problem.reset();
    } else {
        snapshot_.problem = panels.error().message;
    }
    latest_.publish(to_json(snapshot_));
}
