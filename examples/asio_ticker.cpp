// Prints how many visitors a site has, every 15 seconds, in the event loop of asio: the program has one thread of its own,
// which also waits for Ctrl+C, and never blocks in a call.
//
//     FATHOM_API_KEY=... asio_ticker <site id>
//
// The executor is what ties the two together: it hands each continuation to the loop. For Qt it would be
//
//     [](fathom::Task task) { QMetaObject::invokeMethod(qApp, task, Qt::QueuedConnection); }
#include <chrono>
#include <csignal>
#include <exception>
#include <iostream>

#include <asio/executor_work_guard.hpp>
#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <asio/signal_set.hpp>
#include <asio/steady_timer.hpp>

#include <fathom/fathom.hpp>

namespace {

class Ticker {
public:
    Ticker(asio::io_context& loop, fathom::SiteId site)
        : client_(fathom::AsyncClient::from_env([&loop](fathom::Task task) { asio::post(loop, task); })),
          site_(std::move(site)), timer_(loop), signals_(loop, SIGINT, SIGTERM) {
        signals_.async_wait([this](const asio::error_code&, int) { stop(); });
        ask();
    }

private:
    void ask() {
        // While a call is under way, the loop has something to wait for.
        auto work = asio::make_work_guard(timer_.get_executor());
        asked_ =
            client_.current_visitors().get(site_).then([this, work](fathom::Result<fathom::CurrentVisitors> visitors) {
                if (is_stopped_) return;
                if (visitors) {
                    std::cout << visitors->total << " visitors" << std::endl;
                } else {
                    std::cerr << visitors.error() << '\n';
                }
                ask_later();
            });
    }
    void ask_later() {
        timer_.expires_after(std::chrono::seconds{15});
        timer_.async_wait([this](const asio::error_code& error) {
            if (!error) ask();
        });
    }
    void stop() {
        is_stopped_ = true;
        timer_.cancel();
        asked_.cancel();
    }

    fathom::AsyncClient client_;
    fathom::SiteId site_;
    asio::steady_timer timer_;
    asio::signal_set signals_;
    fathom::Future<void> asked_;
    bool is_stopped_ = false;
};

} // namespace

int main(int argc, char** argv) try {
    if (argc != 2) {
        std::cerr << "Usage: asio_ticker <site id>\n";
        return 2;
    }
    asio::io_context loop;
    const Ticker ticker(loop, fathom::SiteId(argv[1]));
    loop.run();
} catch (const std::exception& problem) {
    std::cerr << problem.what() << '\n';
    return 1;
}
