#include "watch.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fathom/aggregations.hpp>
#include <fathom/current_visitors.hpp>
#include <fathom/report_range.hpp>

#include "../exit_code.hpp"
#include "../time_at_limit.hpp"

namespace fathom::cli {

namespace {

using namespace std::chrono_literals;

constexpr auto sites_are_listed_every = 1h;
constexpr auto longest_pause_without_sites = 30s; // the machine may have started before its network

constexpr std::chrono::seconds longest_patience = 10min; // who watches the figures wants to know

/// The sites before this one, or other programs, may have used the limit up that its reports need.
std::chrono::seconds shortest_patience(const RateLimits& limits) {
    return time_at_limit(1, limits) + time_at_limit(reports_per_site, limits);
}

/// Whether waiting does not help: the key or the command line has to be changed.
bool is_lasting(const Error& error) {
    return error.kind == ErrorKind::unauthorized || error.kind == ErrorKind::forbidden ||
           error.kind == ErrorKind::invalid_argument || error.kind == ErrorKind::not_found;
}

} // namespace

Watch::Watch(AsyncClient client, std::shared_ptr<Figures> figures, WatchOptions options)
    : client_(std::move(client)), figures_(std::move(figures)), options_(std::move(options)) {}

CallOptions Watch::call() const {
    const std::chrono::seconds patience = std::min(2 * options_.interval, longest_patience);
    return {.timeout = std::max(patience, shortest_patience(options_.limits)), .stop = options_.stop};
}

/// A clock that was set back makes them old, too.
bool Watch::has_old_sites() const {
    const auto age = options_.now() - listed_at_;
    return age >= sites_are_listed_every || age < 0s;
}

// A coroutine calls static members of its promise through it.
// NOLINTBEGIN(readability-static-accessed-through-instance)
Future<void> Watch::run() {
    while (!is_stopped()) {
        bool is_reachable = true;
        if (sites_.empty() || has_old_sites()) is_reachable = (co_await find_sites()).value();
        if (sites_.empty()) {
            const std::chrono::seconds soon =
                std::min<std::chrono::seconds>(options_.interval, longest_pause_without_sites);
            (co_await pause(is_reachable ? options_.interval : soon)).value();
        } else {
            (co_await ask_all()).value();
        }
    }
}

Future<bool> Watch::find_sites() {
    const bool is_first = figures_->snapshot().sites.empty();
    Future<void> search = options_.sites.empty() ? find_all_sites() : find_named_sites();
    const Result<void> found = co_await std::move(search);
    if (found) told_.erase("the sites");
    if (found || is_stopped()) co_return true;
    if (is_first && is_lasting(found.error())) throw Exception(found.error());
    complain("the sites", found.error());
    co_return false;
}

Future<void> Watch::find_all_sites() {
    // By its name: g++ 12 destroys an aggregate twice that lives as long as a co_await.
    const ListOptions list{.call = call()};
    std::vector<Site> sites = (co_await client_.sites().list(list).collect()).value();
    const std::size_t kept = std::min(sites.size(), options_.most_sites);
    const std::size_t left_out = sites.size() - kept;
    sites.resize(kept);
    if (left_out != figures_->snapshot().left_out) {
        options_.say(std::to_string(left_out) + " sites are left out; --max-sites takes more");
    }
    const bool had_none = sites_.empty() && listed_at_ != std::chrono::system_clock::time_point{};
    if (sites.empty() && !had_none) options_.say("the key reaches no site");
    figures_->set_sites(sites, left_out);
    sites_ = std::move(sites);
    listed_at_ = options_.now();
}

/// A site that is not there is shown as down, and not asked about.
Future<void> Watch::find_named_sites() {
    const bool is_first = figures_->snapshot().sites.empty();
    std::vector<Site> named;
    std::vector<Site> found;
    std::optional<Error> missing;
    for (const SiteId& id : options_.sites) {
        const Result<Site> site = co_await client_.sites().get(id, call());
        if (!site && site.error().kind != ErrorKind::not_found) throw Exception(site.error());
        if (!site) missing = site.error();
        named.push_back(site ? *site : Site{.id = id});
        if (site) found.push_back(*site);
    }
    if (is_first && found.empty() && missing) throw Exception(*missing); // most likely they are written wrongly
    figures_->set_sites(named, 0);
    for (const Site& site : named) {
        const bool is_found = std::ranges::find(found, site) != found.end();
        if (!is_found && figures_->set_down(site.id)) options_.say(site.id.str() + ": there is no such site");
    }
    sites_ = std::move(found);
    listed_at_ = options_.now();
}

Future<void> Watch::pause(std::chrono::milliseconds duration) {
    const Result<void> paused = co_await client_.sleep_for(duration, options_.stop);
    if (!paused && !is_stopped()) throw Exception(paused.error()); // going on would mean to go on without any pause
}

/// One round. Sites are asked about one after the other and not all at once, which leaves others a part of the limit at any
/// time; but the first figures come as soon as they can.
Future<void> Watch::ask_all() {
    const std::chrono::milliseconds share = options_.interval / static_cast<int>(sites_.size());
    for (const Site& site : sites_) {
        if (!is_first_round_) (co_await pause(share)).value();
        if (is_stopped()) co_return;
        (co_await ask(site)).value();
    }
    is_first_round_ = false;
}

Future<void> Watch::ask(Site site) {
    // Today is the day in the zone that is named; without one the service would have to be asked for it.
    const PageviewQuery query{
        .aggregates = {PageviewMetric::visits}, .timezone = site.timezone.value_or("UTC"), .range = today()};
    auto visitors = client_.current_visitors().get(site.id, call());
    auto report = client_.aggregations().pageviews(site.id, query, call());
    const Result<CurrentVisitors> visitors_result = co_await std::move(visitors);
    const Result<PageviewReport> report_result = co_await std::move(report);
    if (!is_stopped()) take(site, visitors_result, report_result);
}
// NOLINTEND(readability-static-accessed-through-instance)

void Watch::take(const Site& site, const Result<CurrentVisitors>& visitors, const Result<PageviewReport>& report) {
    if (visitors && report) {
        const std::int64_t visits = report->empty() ? 0 : (*report)[0].visits.value_or(0);
        const Reading reading{.visitors = visitors->total, .visits = visits, .at = options_.now()};
        told_.erase(site.id.str());
        if (figures_->set_up(site.id, reading)) options_.say(site.id.str() + ": the figures come again");
    } else {
        figures_->set_down(site.id);
        complain(site.id.str(), visitors ? report.error() : visitors.error());
    }
}

void Watch::complain(const std::string& subject, const Error& error) {
    const std::pair cause(error.kind, error.http_status);
    const auto told = told_.find(subject);
    if (told != told_.end() && told->second == cause) return;
    told_.insert_or_assign(subject, cause);
    options_.say(subject + ": " + explanation_of(error));
}

} // namespace fathom::cli
