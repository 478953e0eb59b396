/// @file
/// Calls as asynchronous operations of Boost.Asio. For the asio that stands alone there is <fathom/asio.hpp>.
///
/// Not included by <fathom/fathom.hpp>, and nothing of the library needs it: whoever includes it brings Boost 1.74 or newer,
/// on a system with descriptors.
///
/// @code
/// boost::asio::awaitable<void> show(fathom::BoostAsioClient& client, fathom::SiteId id) {
///     const auto site = co_await fathom::use_boost_asio(client.sites().get(id), boost::asio::use_awaitable);
///     std::cout << site.value().name << '\n';
/// }
/// @endcode
#pragma once

#include <fathom/detail/language.hpp>

#include <tuple>
#include <utility>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/version.hpp>
#if BOOST_ASIO_VERSION >= 102000
#include <boost/asio/associated_cancellation_slot.hpp>
#endif

#include <boost/system/error_code.hpp>

#include <fathom/detail/asio_adaptor.hpp>

namespace fathom::detail {

/// The asio of Boost.
struct BoostAsio {
    using Executor = boost::asio::any_io_executor;
    using Strand = boost::asio::strand<boost::asio::any_io_executor>;
    using Timer = boost::asio::steady_timer;
    using Descriptor = boost::asio::posix::stream_descriptor;
    using ErrorCode = boost::system::error_code;

    static void post(const auto& executor, auto function) { boost::asio::post(executor, std::move(function)); }
    [[nodiscard]] static auto executor_of(const auto& handler) { return boost::asio::get_associated_executor(handler); }
    [[nodiscard]] static auto work_on(const auto& executor) { return boost::asio::make_work_guard(executor); }

#if BOOST_ASIO_VERSION >= 102000
    /// @return what clear() takes it back with
    [[nodiscard]] static auto on_cancel(const auto& handler, auto cancel) {
        auto slot = boost::asio::get_associated_cancellation_slot(handler);
        if (slot.is_connected()) {
            slot.assign([cancel](boost::asio::cancellation_type type) {
                if (type != boost::asio::cancellation_type::none) cancel();
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
using BoostAsioClient = detail::AsioClientOn<detail::BoostAsio>;

/// Waits for a future as an asynchronous operation of asio's, with any completion token: `boost::asio::use_awaitable`,
/// `boost::asio::use_future`, a function that takes a `Result<T>`. Works with the futures of any client.
///
/// The handler runs on its associated executor; give a bare function one by `boost::asio::bind_executor`. From Boost 1.77 on, a
/// cancellation slot that is signalled cancels the call, as Future::cancel() does; the handler gets ErrorKind::cancelled.
template <class T, class CompletionToken>
auto use_boost_asio(Future<T> future, CompletionToken&& token) {
    std::ignore = future.is_ready(); // which throws, where it has no outcome, while the caller can catch that
    return boost::asio::async_initiate<CompletionToken, void(Result<T>)>(detail::AsioWait<detail::BoostAsio, T>(),
                                                                         token, std::move(future));
}

} // namespace fathom::inline v0_2
