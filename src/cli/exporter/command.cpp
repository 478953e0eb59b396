#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include <fathom/async_client.hpp>

#include "../commands.hpp"
#include "../interruption.hpp"
#include "../shared_limit.hpp"
#include "../time_at_limit.hpp"
#include "../whole_number.hpp"
#include "figures.hpp"
#include "pages.hpp"
#include "server.hpp"
#include "watch.hpp"

namespace fathom::cli {

namespace {

using namespace std::chrono_literals;

struct ExporterOptions {
    // Prometheus has given all ports from 9100 to 9999 to other exporters; IANA has given this one to nobody.
    std::string listen = "127.0.0.1:9077";
    std::vector<std::string> sites{};
    int interval = 300;
    int most_sites = 100;
    std::optional<int> stale_after{};
};

/// Three rounds, so that one that fails leaves no gap: each takes as long as it should, or as the limit lets it.
std::chrono::seconds stale_after(std::size_t sites, const ExporterOptions& options, const RateLimits& limits) {
    if (options.stale_after) return std::chrono::seconds{*options.stale_after};
    return 3 * std::max(std::chrono::seconds{options.interval}, time_at_limit(sites * reports_per_site, limits));
}

WatchOptions watch_options(const Session& session, const ExporterOptions& options) {
    WatchOptions watch{.most_sites = static_cast<std::size_t>(options.most_sites),
                       .interval = std::chrono::seconds{options.interval}};
    for (const std::string& site : std::set<std::string>(options.sites.begin(), options.sites.end())) {
        watch.sites.emplace_back(site); // once, since no two samples may be the same
    }
    watch.say = [&session](const std::string& sentence) { session.say(sentence); };
    return watch;
}

void export_metrics(const Session& session, const ExporterOptions& options) {
    const Interruption interruption;
    session.refuse_dry_run();
    const StoredAccount account = session.credentials();
    const AsyncClient client(session.client(account));
    const RateLimits limits = shared_limit(session.console, account).limits;
    const auto figures = std::make_shared<Figures>();
    const Pages pages(
        {.figures = figures,
         .quota = [client] { return client.quota(); },
         .stale_after = [options, limits](std::size_t sites) { return stale_after(sites, options, limits); }});
    const HttpServer server(listen_address(options.listen), [&pages](std::string_view path, std::string_view accept) {
        return pages.reply(path, accept);
    });
    session.say("Metrics are at " + server.url() + "metrics. Each site costs " + std::to_string(reports_per_site) +
                " requests every " + std::to_string(options.interval) + " s.");

    std::stop_source stop; // NOLINT(misc-const-correctness): in some libraries only a changeable one can be stopped
    WatchOptions watching = watch_options(session, options);
    watching.limits = limits;
    watching.stop = stop.get_token();
    Watch watch(client, figures, std::move(watching));
    Future<void> watched = watch.run();
    while (!Interruption::is_requested() && !watched.wait_for(100ms)) continue;
    stop.request_stop();
    watched.get().value();
}

} // namespace

void add_exporter(CLI::App& program, Session& session) {
    const auto options = std::make_shared<ExporterOptions>();
    CLI::App& command =
        *add_command(program, session, "exporter", "Serve figures of sites to Prometheus until Ctrl-C or SIGTERM",
                     options, [&session](const ExporterOptions& given) { export_metrics(session, given); });
    command.add_option("--listen", options->listen, "Address and port")->capture_default_str();
    command.add_option("--site", options->sites, "Id of a site, may be repeated; else all that the key reaches");
    command.add_option("--interval", options->interval, "Seconds between two times that a site is asked about")
        ->check(whole_number(12, 86'400))
        ->capture_default_str();
    command.add_option("--max-sites", options->most_sites, "Most sites that get metrics, the first of the list")
        ->check(whole_number(1, 10'000))
        ->capture_default_str();
    command
        .add_option("--stale-after", options->stale_after,
                    "Seconds after which old figures are withdrawn; else three rounds")
        ->check(whole_number(12, 864'000));
}

} // namespace fathom::cli
