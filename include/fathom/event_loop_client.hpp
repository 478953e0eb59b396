/// @file
/// EventLoopClient: a client without a thread, for programs with an event loop of their own.
#pragma once

#include <chrono>
#include <memory>
#include <optional>

#include <fathom/async_client.hpp>
#include <fathom/client_options.hpp>
#include <fathom/export.hpp>
#include <fathom/notice.hpp>
#include <fathom/result.hpp>

namespace fathom::inline v0_2 {

/// An AsyncClient that lives in the event loop of the program (GLib, libuv, asio, Qt, sd-event, poll) and has no thread. As
/// libpq, sd-bus and libcurl do, it gives a descriptor to watch, a time to wake at, and a function that never blocks:
///   - when descriptor() is readable, or next_deadline() has come, call process();
///   - then ask for next_deadline() again.
///
/// That is all, whatever is under way: HTTP/2 included, waits for the limit, back-offs, time-outs, cancellations, and calls
/// that other threads make. A client with nothing to do has no deadline and a quiet descriptor.
///
/// Continuations (`then()`, `co_await`) run in process(), one after another, on the thread that called it. One that calls
/// process() again does nothing by it. Future::get() and blocking calls on that thread drive the client themselves until they
/// are done; on any other thread they wait for process().
///
/// Copies share all, and so do an AsyncClient that is made from it and blocking(). While any of them lives, keep calling
/// process(). When the last one goes, its calls end with ErrorKind::cancelled and their continuations run before its
/// destructor returns; where it goes in a continuation, right after that.
///
/// @code
/// fathom::EventLoopClient client({.api_key = key});
/// client.sites().get(id).then([](fathom::Result<fathom::Site> site) { show(site.value()); }).detach();
/// while (is_running) {
///     pollfd watched{.fd = client.descriptor(), .events = POLLIN, .revents = 0};
///     const auto timeout = client.time_to_deadline();
///     poll(&watched, 1, timeout ? static_cast<int>(timeout->count()) : -1);
///     client.process();
/// }
/// @endcode
class FATHOM_EXPORT EventLoopClient : public AsyncClient {
public:
    /// Checks the options and makes a client; sends nothing. It belongs to this thread until another calls process().
    /// @param options how it works; a limiter that others share (LimitSharing, redis) is asked in process(), and may take as
    /// long as that takes
    /// @param on_wake called when process() has something to do at once, from any thread and under locks: it must not call
    /// the client, but have the program call process() soon (`uv_async_send`, `PostMessage`, `QMetaObject::invokeMethod`).
    /// Needed only where there is no descriptor(), or nobody watches it; what is due by time it does not tell.
    /// @throws Exception of kind invalid_argument where an option is wrong
    explicit EventLoopClient(ClientOptions options, Notice on_wake = {});
    /// The same without exceptions.
    [[nodiscard]] static Result<EventLoopClient> create(ClientOptions options, Notice on_wake = {});
    /// A client that is set up by its environment, see Client::from_env().
    /// @throws Exception of kind invalid_argument where the key is missing or an option is wrong
    [[nodiscard]] static EventLoopClient from_env(Notice on_wake = {});

    /// The descriptor to watch, level-triggered, for reading; an epoll on Linux, a kqueue on macOS and the BSDs. The client
    /// keeps it open; nobody else reads from it or closes it.
    /// @return -1 where there is none: on Windows, and with a ClientOptions::transport that has none. There call process()
    /// after on_wake and at next_deadline(), which comes every 10 ms while requests are under way.
    [[nodiscard]] int descriptor() const noexcept;

    /// When to call process() next, although the descriptor is quiet; nothing where only the descriptor tells. By the clock
    /// of the transport, which is std::chrono::steady_clock unless a test replaces it. It changes in process() only: what else
    /// brings it forward makes the descriptor readable. Safe from any thread.
    [[nodiscard]] std::optional<std::chrono::steady_clock::time_point> next_deadline() const;
    /// The time until next_deadline(), as `poll()` and timers take it: 0 where it has come, rounded up so that nobody spins.
    [[nodiscard]] std::optional<std::chrono::milliseconds> time_to_deadline() const;

    /// Moves all calls on, without blocking, and runs the continuations of those that are done. Does nothing in a
    /// continuation or hook of this client, while another thread is in it, and in the child of a `fork()`. Spurious calls do
    /// no harm.
    void process() const;

private:
    explicit EventLoopClient(detail::Route<Async> route) noexcept;
};

} // namespace fathom::inline v0_2
