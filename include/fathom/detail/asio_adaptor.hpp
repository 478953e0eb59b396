/// @file
/// What <fathom/asio.hpp> and <fathom/boost_asio.hpp> have in common. No part of the API.
#pragma once

#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <fathom/error.hpp>
#include <fathom/event_loop_client.hpp>
#include <fathom/future.hpp>
#include <fathom/result.hpp>

namespace fathom::detail {

/// Has a client processed on an executor of asio's. `Asio` names the types and functions of the one asio or the other.
///
/// It watches the client while calls are under way, and no longer, so that io_context::run() returns when all is done. What
/// makes the client busy again comes by wake().
template <class Asio>
class AsioDriver : public std::enable_shared_from_this<AsioDriver<Asio>> {
public:
    explicit AsioDriver(const typename Asio::Executor& executor)
        : strand_(executor), timer_(strand_), descriptor_(strand_) {}
    AsioDriver(const AsioDriver&) = delete;
    AsioDriver& operator=(const AsioDriver&) = delete;
    ~AsioDriver() { stop(); }

    void begin(const EventLoopClient& client) {
        client_ = client;
        if (client.descriptor() >= 0) descriptor_.assign(client.descriptor());
    }
    /// From any thread.
    void wake() {
        Asio::post(strand_, [weak = this->weak_from_this()] {
            if (const auto self = weak.lock()) self->turn();
        });
    }
    void stop() {
        if (!client_) return;
        timer_.cancel();
        if (descriptor_.is_open()) descriptor_.release(); // it is the client's to close
        client_.reset();
    }

    [[nodiscard]] typename Asio::Executor executor() const { return strand_; }

private:
    void turn() {
        const auto self = this->shared_from_this(); // a continuation may stop it
        if (!client_) return;
        client_->process();
        if (client_) wait();
    }

    void wait() {
        const auto deadline = client_->next_deadline();
        if (!deadline) {
            timer_.cancel();
            if (is_watching_) descriptor_.cancel();
            return;
        }
        timer_.expires_at(*deadline);
        timer_.async_wait([weak = this->weak_from_this()](const typename Asio::ErrorCode& error) {
            const auto self = weak.lock();
            if (self && !error) self->turn();
        });
        watch();
    }

    void watch() {
        if (!descriptor_.is_open() || std::exchange(is_watching_, true)) return;
        descriptor_.async_wait(Asio::Descriptor::wait_read,
                               [weak = this->weak_from_this()](const typename Asio::ErrorCode& error) {
                                   if (const auto self = weak.lock()) self->looked(!error);
                               });
    }

    void looked(bool is_readable) {
        is_watching_ = false;
        if (is_readable) {
            turn();
        } else if (client_ && client_->next_deadline()) {
            watch(); // a call has begun since the watch was ended
        }
    }

    typename Asio::Strand strand_;
    typename Asio::Timer timer_;
    typename Asio::Descriptor descriptor_;
    std::optional<EventLoopClient> client_{};
    bool is_watching_ = false;
};

/// An EventLoopClient with its driver.
template <class Asio>
class AsioClientOn : public EventLoopClient {
public:
    /// Checks the options and makes a client; sends nothing. Continuations and completions run on the executor, one after
    /// another.
    /// @param executor of the io_context, or a strand or thread pool
    /// @param options how it works
    /// @throws Exception of kind invalid_argument where an option is wrong
    AsioClientOn(const typename Asio::Executor& executor, ClientOptions options)
        : AsioClientOn(std::make_shared<AsioDriver<Asio>>(executor), std::move(options)) {}
    AsioClientOn(const AsioClientOn&) = delete;
    AsioClientOn& operator=(const AsioClientOn&) = delete;
    /// Ends the watch. Calls under way end with ErrorKind::cancelled, unless other clients share them. To be destroyed before
    /// its io_context, where that runs on one thread, or by one of its handlers.
    ~AsioClientOn() { driver_->stop(); }

    /// Where continuations run.
    [[nodiscard]] typename Asio::Executor get_executor() const { return driver_->executor(); }

private:
    AsioClientOn(const std::shared_ptr<AsioDriver<Asio>>& driver, ClientOptions options)
        : EventLoopClient(std::move(options),
                          [weak = std::weak_ptr(driver)] {
                              if (const auto self = weak.lock()) self->wake();
                          }),
          driver_(driver) {
        driver_->begin(*this);
    }

    std::shared_ptr<AsioDriver<Asio>> driver_;
};

/// The outcome of a future, which is an error of kind internal where a coroutine of the program's has thrown: a handler that is
/// never called would never let go of what it holds.
template <class T>
[[nodiscard]] Future<Result<T>> outcome_of(Future<T> future) {
    std::string what = "something that is no std::exception";
    try {
        co_return co_await std::move(future);
    } catch (const std::exception& failure) {
        what = failure.what();
    } catch (...) { // NOLINT(bugprone-empty-catch): the text says so
    }
    co_return Result<T>(Error{.kind = ErrorKind::internal, .message = "the coroutine that was awaited threw: " + what});
}

/// Begins to wait for a future on behalf of a completion handler.
template <class Asio, class T>
struct AsioWait {
    template <class Handler>
    void operator()(Handler&& handler, Future<T> future) const {
        const auto executor = Asio::executor_of(handler);
        const auto call = std::make_shared<Future<void>>();
        auto cancellation = Asio::on_cancel(handler, [call] {
            if (call->valid()) call->cancel();
        });
        // Posted, since a future may be ready before this function returns.
        *call = outcome_of(std::move(future))
                    .then([handler = std::forward<Handler>(handler), executor, cancellation,
                           work = Asio::work_on(executor)](Result<Result<T>> outcome) mutable {
                        Result<T> result = outcome ? *std::move(outcome) : std::move(outcome).error();
                        Asio::post(executor, [handler = std::move(handler), cancellation, work = std::move(work),
                                              result = std::move(result)]() mutable {
                            cancellation.clear();
                            std::move(handler)(std::move(result));
                        });
                    });
    }
};

} // namespace fathom::detail
