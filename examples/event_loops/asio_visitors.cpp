// Prints how many visitors each of your sites has now, in the loop of asio. Ctrl+C cancels the calls that are under way.
//
//     FATHOM_API_KEY=... asio_visitors
#include <csignal>
#include <exception>
#include <iostream>
#include <vector>

#include <asio/awaitable.hpp>
#include <asio/bind_cancellation_slot.hpp>
#include <asio/co_spawn.hpp>
#include <asio/io_context.hpp>
#include <asio/signal_set.hpp>
#include <asio/use_awaitable.hpp>

#include <fathom/asio.hpp>
#include <fathom/fathom.hpp>

namespace {

asio::awaitable<void> show_visitors(const fathom::AsioClient& client) {
    const auto sites = co_await fathom::use_asio(client.sites().list().collect(), asio::use_awaitable);
    std::vector<fathom::Future<fathom::CurrentVisitors>> asked;
    for (const fathom::Site& site : sites.value()) asked.push_back(client.current_visitors().get(site.id));
    for (auto site = sites.value().begin(); auto& visitors : asked) {
        const auto now = co_await fathom::use_asio(std::move(visitors), asio::use_awaitable);
        std::cout << (site++)->name << ": " << now.value().total << '\n';
    }
}

} // namespace

int main() try {
    asio::io_context loop(1);
    const fathom::AsioClient client(loop.get_executor(), fathom::ClientOptions::from_env().value());

    std::exception_ptr problem;
    asio::cancellation_signal stop;
    asio::signal_set signals(loop, SIGINT, SIGTERM);
    signals.async_wait([&](const asio::error_code& error, int) {
        if (!error) stop.emit(asio::cancellation_type::terminal);
    });
    asio::co_spawn(loop, show_visitors(client),
                   asio::bind_cancellation_slot(stop.slot(), [&](const std::exception_ptr& thrown) {
                       problem = thrown;
                       signals.cancel();
                   }));
    loop.run();
    if (problem) std::rethrow_exception(problem);
} catch (const std::exception& problem) {
    std::cerr << problem.what() << '\n';
    return 1;
}
