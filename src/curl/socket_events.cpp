#include "socket_events.hpp"

#include <algorithm>
#include <limits>
#include <new>
#include <utility>

namespace fathom::detail::curl {

namespace {

using std::chrono::milliseconds;

int to_int(milliseconds duration) noexcept {
    constexpr milliseconds most{std::numeric_limits<int>::max()};
    return static_cast<int>(std::min(duration, most).count());
}

short events_of(int interest) noexcept {
    const bool is_reading = interest == CURL_POLL_IN || interest == CURL_POLL_INOUT;
    const bool is_writing = interest == CURL_POLL_OUT || interest == CURL_POLL_INOUT;
    return static_cast<short>((is_reading ? CURL_WAIT_POLLIN : 0) | (is_writing ? CURL_WAIT_POLLOUT : 0));
}

int action_of(short events) noexcept {
    const bool is_readable = (events & CURL_WAIT_POLLIN) != 0;
    const bool is_writable = (events & CURL_WAIT_POLLOUT) != 0;
    return (is_readable ? CURL_CSELECT_IN : 0) | (is_writable ? CURL_CSELECT_OUT : 0);
}

} // namespace

SocketEvents::SocketEvents(CURLM* multi, Readiness* readiness, milliseconds longest_silence)
    : multi_(multi), readiness_(readiness), longest_silence_(longest_silence) {
    curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, &SocketEvents::on_change);
    curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, this);
}

// The multi handle may yet end transfers and close connections.
SocketEvents::~SocketEvents() { curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, nullptr); }

milliseconds SocketEvents::bounded(milliseconds longest) const {
    if (running_ > 0) longest = std::min(longest, longest_silence_);
    long until_timer = -1;
    curl_multi_timeout(multi_, &until_timer);
    return until_timer < 0 ? longest : std::min(longest, milliseconds{until_timer});
}

std::optional<SocketEvents::Clock::time_point> SocketEvents::next_due() const {
    long until_timer = -1;
    curl_multi_timeout(multi_, &until_timer);
    std::optional<Clock::time_point> due;
    if (until_timer >= 0) due = Clock::now() + milliseconds{until_timer};
    if (running_ > 0) due = std::min(due.value_or(Clock::time_point::max()), heard_at_ + longest_silence_);
    return due;
}

void SocketEvents::handle() {
    if (std::exchange(is_silent_, false)) {
        curl_multi_perform(multi_, &running_);
        return;
    }
    take_ready();
    if (ready_.empty()) curl_multi_socket_action(multi_, CURL_SOCKET_TIMEOUT, 0, &running_);
    for (const curl_waitfd& socket : ready_) {
        curl_multi_socket_action(multi_, socket.fd, action_of(socket.revents), &running_);
    }
}

void SocketEvents::take_ready() {
    ready_.clear();
    for (curl_waitfd& socket : watched_) {
        if (socket.revents != 0) ready_.push_back(socket);
        socket.revents = 0;
    }
}

int SocketEvents::on_change(CURL*, curl_socket_t socket, int interest, void* self, void*) {
    try { // no exception may pass through libcurl
        static_cast<SocketEvents*>(self)->change(socket, interest);
    } catch (const std::bad_alloc&) { // NOLINT(bugprone-empty-catch): it is looked at after a silence
    }
    return 0;
}

void SocketEvents::change(curl_socket_t socket, int interest) {
    make_known(socket, events_of(interest));
    const auto found = std::ranges::find(watched_, socket, &curl_waitfd::fd);
    if (interest == CURL_POLL_REMOVE) {
        if (found != watched_.end()) watched_.erase(found);
    } else if (found != watched_.end()) {
        found->events = events_of(interest);
    } else {
        watched_.push_back({.fd = socket, .events = events_of(interest), .revents = 0});
    }
}

/// A socket that nothing is waited for is not watched, since its end could not be taken notice of.
void SocketEvents::make_known(curl_socket_t socket, short events) noexcept {
    if (readiness_ == nullptr) return;
    const auto native = static_cast<NativeSocket>(socket);
    if (events == 0) {
        readiness_->forget(native);
    } else {
        readiness_->watch(native,
                          {.reading = (events & CURL_WAIT_POLLIN) != 0, .writing = (events & CURL_WAIT_POLLOUT) != 0});
    }
}

void SocketWaiter::wait(milliseconds longest, std::span<SocketEvents* const> all) {
    sockets_.clear();
    for (const SocketEvents* events : all) {
        longest = events->bounded(longest);
        sockets_.insert(sockets_.end(), events->watched_.begin(), events->watched_.end());
    }
    int happened = 0;
    curl_multi_poll(multi_.get(), sockets_.data(), static_cast<unsigned int>(sockets_.size()), to_int(longest),
                    &happened);
    const SocketEvents::Clock::time_point now = SocketEvents::Clock::now();
    auto next = sockets_.begin();
    for (SocketEvents* events : all) {
        for (curl_waitfd& socket : events->watched_) socket.revents = (next++)->revents;
        events->is_silent_ = happened == 0 && now - events->heard_at_ >= events->longest_silence_;
        if (happened > 0 || events->is_silent_) events->heard_at_ = now;
    }
}

void SocketWaiter::wake() noexcept { curl_multi_wakeup(multi_.get()); }

} // namespace fathom::detail::curl
