#include <fathom/event_loop_client.hpp>

#include <utility>

#include "../loop/loop.hpp"
#include "make_loop.hpp"

namespace fathom::inline v0_2 {

namespace {

Result<std::shared_ptr<detail::Loop>> make_hosted_loop(ClientOptions options, Notice on_wake) {
    return detail::make_loop(std::move(options), detail::Loop::Host{.on_wake = std::move(on_wake)});
}

} // namespace

EventLoopClient::EventLoopClient(ClientOptions options, Notice on_wake)
    : EventLoopClient(
          detail::Route<Async>{make_hosted_loop(std::move(options), std::move(on_wake)).value(), Executor()}) {}

EventLoopClient::EventLoopClient(detail::Route<Async> route) noexcept : AsyncClient(std::move(route)) {}

Result<EventLoopClient> EventLoopClient::create(ClientOptions options, Notice on_wake) {
    return make_hosted_loop(std::move(options), std::move(on_wake)).transform([](std::shared_ptr<detail::Loop> loop) {
        return EventLoopClient(detail::Route<Async>{std::move(loop), Executor()});
    });
}

EventLoopClient EventLoopClient::from_env(Notice on_wake) {
    return EventLoopClient(ClientOptions::from_env().value(), std::move(on_wake));
}

int EventLoopClient::descriptor() const noexcept { return route_.loop ? route_.loop->descriptor() : -1; }

std::optional<std::chrono::steady_clock::time_point> EventLoopClient::next_deadline() const {
    return route_.loop ? route_.loop->next_deadline() : std::nullopt;
}

std::optional<std::chrono::milliseconds> EventLoopClient::time_to_deadline() const {
    const auto deadline = next_deadline();
    return deadline ? std::optional(route_.loop->time_until(*deadline)) : std::nullopt;
}

void EventLoopClient::process() const {
    // By a pointer that keeps no client: a continuation may let go of the last one.
    if (route_.loop) route_.loop->process();
}

} // namespace fathom::inline v0_2
