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

SocketEvents::SocketEvents(CURLM* multi, milliseconds longest_silence)
    : multi_(multi), longest_silence_(longest_silence) {
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
    auto& watched = static_cast<SocketEvents*>(self)->watched_;
    const auto found = std::ranges::find(watched, socket, &curl_waitfd::fd);
    if (interest == CURL_POLL_REMOVE) {
        if (found != watched.end()) watched.erase(found);
    } else if (found != watched.end()) {
        found->events = events_of(interest);
    } else {
        try { // no exception may pass through libcurl
            watched.push_back({.fd = socket, .events = events_of(interest), .revents = 0});
        } catch (const std::bad_alloc&) {
            return 0; // it is looked at after a silence
        }
    }
    return 0;
}

void SocketWaiter::wait(milliseconds longest, std::span<SocketEvents* const> all) {
    using Clock = std::chrono::steady_clock;
    sockets_.clear();
    for (const SocketEvents* events : all) {
        longest = events->bounded(longest);
        sockets_.insert(sockets_.end(), events->watched_.begin(), events->watched_.end());
    }
    const Clock::time_point began = Clock::now();
    int happened = 0;
    curl_multi_poll(multi_.get(), sockets_.data(), static_cast<unsigned int>(sockets_.size()), to_int(longest),
                    &happened);
    const auto waited = Clock::now() - began;
    auto next = sockets_.begin();
    for (SocketEvents* events : all) {
        for (curl_waitfd& socket : events->watched_) socket.revents = (next++)->revents;
        events->is_silent_ = happened == 0 && waited >= events->longest_silence_;
    }
}

void SocketWaiter::wake() noexcept { curl_multi_wakeup(multi_.get()); }

} // namespace fathom::detail::curl
