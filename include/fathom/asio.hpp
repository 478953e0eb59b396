/// @file
/// Calls as asynchronous operations of asio. For the asio of Boost there is <fathom/boost_asio.hpp>.
///
/// Not included by <fathom/fathom.hpp>, and nothing of the library needs it: whoever includes it brings asio 1.18 or newer,
/// on a system with descriptors.
///
/// @code
/// asio::awaitable<void> show(fathom::AsioClient& client, fathom::SiteId id) {
///     const fathom::Result<fathom::Site> site = co_await fathom::use_asio(client.sites().get(id), asio::use_awaitable);
///     std::cout << site.value().name << '\n';
/// }
/// @endcode
#pragma once

#include <fathom/detail/language.hpp>

#include <tuple>
#include <utility>

#include <asio/any_io_executor.hpp>
#include <asio/associated_executor.hpp>
#include <asio/async_result.hpp>
#include <asio/error_code.hpp>
#include <asio/executor_work_guard.hpp>
#include <asio/posix/stream_descriptor.hpp>
#include <asio/post.hpp>
#include <asio/steady_timer.hpp>
#include <asio/strand.hpp>
#include <asio/version.hpp>
#if ASIO_VERSION >= 102000
#include <asio/associated_cancellation_slot.hpp>
#endif

#include <fathom/detail/asio_adaptor.hpp>

namespace fathom::detail {

/// The asio that stands alone.
struct StandaloneAsio {
    using Executor = asio::any_io_executor;
    using Strand = asio::strand<asio::any_io_executor>;
    using Timer = asio::steady_timer;
    using Descriptor = asio::posix::stream_descriptor;
    using ErrorCode = asio::error_code;

    static void post(const auto& executor, auto function) { asio::post(executor, std::move(function)); }
    [[nodiscard]] static auto executor_of(const auto& handler) { return asio::get_associated_executor(handler); }
    [[nodiscard]] static auto work_on(const auto& executor) { return asio::make_work_guard(executor); }

#if ASIO_VERSION >= 102000
    /// @return what clear() takes it back with
    [[nodiscard]] static auto on_cancel(const auto& handler, auto cancel) {
        auto slot = asio::get_associated_cancellation_slot(handler);
        if (slot.is_connected()) {
            slot.assign([cancel](asio::cancellation_type type) {
                if (type != asio::cancellation_type::none) cancel();
            });
        }
        return slot;
    }
#else
    struct Nothing {
        static void clear() noexcept {}
    };
    [[nodiscard]] static Nothing on_cancel(const auto&, const auto&) { return {}; }
#endif
};

} // namespace fathom::detail

namespace fathom::inline v0_2 {

/// A client that lives on an executor of asio's, and has no thread: an EventLoopClient that is processed there. It is made of
/// an executor (`io_context.get_executor()`, a strand) and of ClientOptions; continuations run on that executor, one after
/// another. While calls are under way, `io_context::run()` does not return; when all are done, it does. Destroy it before its
/// io_context, on the thread that runs that; its calls then end with ErrorKind::cancelled.
using AsioClient = detail::AsioClientOn<detail::StandaloneAsio>;

/// Waits for a future as an asynchronous operation of asio's, with any completion token: `asio::use_awaitable`,
/// `asio::use_future`, a function that takes a `Result<T>`. Works with the futures of any client.
///
/// The handler runs on its associated executor; give a bare function one by `asio::bind_executor`. A cancellation slot that is
/// signalled cancels the call, as Future::cancel() does; the handler gets ErrorKind::cancelled.
template <class T, class CompletionToken>
auto use_asio(Future<T> future, CompletionToken&& token) {
    std::ignore = future.is_ready(); // which throws, where it has no outcome, while the caller can catch that
    return asio::async_initiate<CompletionToken, void(Result<T>)>(detail::AsioWait<detail::StandaloneAsio, T>(), token,
                                                                  std::move(future));
}

} // namespace fathom::inline v0_2
