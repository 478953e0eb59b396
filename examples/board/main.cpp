// A board for the wall: who is on a site now, today by hour beside last week, what leads. For any number of browsers the
// service is asked once, at the pace of its limit, and only while somebody looks.
//
//     FATHOM_API_KEY=... board <site id> [--port 8080] [--host 127.0.0.1] [--every 60]
//                                        [--limit-file FILE] [--reports-per-minute 10] [--name NAME]
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <exception>
#include <iostream>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <fathom/async_client.hpp>
#include <fathom/client_options.hpp>
#include <fathom/file_rate_limiter.hpp>

#include "feed.hpp"
#include "latest.hpp"
#include "options.hpp"
#include "web.hpp"

namespace {

/// As a script wants it of SIGINT for what it starts in the background.
bool is_ignored(int signal) {
    struct sigaction handling{};
    return ::sigaction(signal, nullptr, &handling) == 0 && handling.sa_handler == SIG_IGN;
}

/// Signals that end the program, held back on all threads until one waits for them.
class EndSignals {
public:
    EndSignals() {
        sigemptyset(&signals_);
        for (const int signal : {SIGINT, SIGTERM}) {
            if (!is_ignored(signal)) sigaddset(&signals_, signal);
        }
        pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    }
    void wait() const {
        int signal = 0;
        sigwait(&signals_, &signal);
    }

private:
    sigset_t signals_{};
};

fathom::AsyncClient client_for(const Options& options) {
    fathom::ClientOptions settings = fathom::ClientOptions::from_env().value();
    settings.limits.reports.requests = static_cast<std::size_t>(options.reports_per_minute);
    settings.timeout =
        std::max<std::chrono::milliseconds>(settings.timeout, fathom::cli::deadline_of_look(settings.limits));
    if (!options.limit_file.empty()) {
        settings.rate_limiter = fathom::file_rate_limiter(options.limit_file, settings.limits);
    }
    return fathom::AsyncClient(std::move(settings));
}

std::string start_of_ids() {
    return std::to_string(std::chrono::system_clock::now().time_since_epoch() / std::chrono::milliseconds{1});
}

void run(const Options& options) {
    const EndSignals end;
    Latest latest(start_of_ids());
    Feed feed(client_for(options), fathom::SiteId(options.site), std::chrono::seconds{options.every}, latest);
    std::vector<std::string> names = options.names;
    names.push_back(options.host);
    Web web(feed, latest, std::move(names));
    const int port = web.bind(options.host, options.port);
    std::cout << "http://" << options.host << ':' << port << "/\nWhile somebody looks, "
              << fathom::cli::requests_of_next_look << " requests each " << options.every
              << " s, each billed like one pageview.\n"
              << std::flush;
    std::thread server([&] { web.serve(); });
    end.wait();
    web.stop();
    server.join();
}

} // namespace

int main(int argc, char** argv) try {
    const std::optional<Options> options = options_of({argv + 1, argv + argc});
    if (options) {
        run(*options);
    } else {
        std::cout << usage;
    }
} catch (const std::exception& problem) {
    std::cerr << "board: " << problem.what() << '\n';
    return 1;
}
