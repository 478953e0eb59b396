#include "watch.hpp"

#include <algorithm>
#include <utility>

#include <fathom/aggregations.hpp>
#include <fathom/current_visitors.hpp>
#include <fathom/report_range.hpp>

#include "../exit_code.hpp"

namespace fathom::cli {

namespace {

using namespace std::chrono_literals;

constexpr auto sites_are_listed_every = 1h;
constexpr auto longest_pause_without_sites = 30s; // the machine may have started before its network
constexpr auto longest_call = 10min;              // others may have used the limit up

/// Whether waiting does not help: the key or the command line has to be changed.
bool is_lasting(const Error& error) {
    return error.kind == ErrorKind::unauthorized || error.kind == ErrorKind::forbidden ||
           error.kind == ErrorKind::invalid_argument;
}

} // namespace

Watch::Watch(AsyncClient client, std::shared_ptr<Figures> figures, WatchOptions options)
    : client_(std::move(client)), figures_(std::move(figures)), options_(std::move(options)) {}

CallOptions Watch::call() const { return {.timeout = longest_call, .stop = options_.stop}; }

// A coroutine calls static members of its promise through it.
// NOLINTBEGIN(readability-static-accessed-through-instance)
Future<void> Watch::run() {
    while (!is_stopped()) {
        if (sites_.empty() || age_of_sites_ >= sites_are_listed_every) (co_await find_sites()).value();
        if (sites_.empty()) {
            (co_await pause(std::min<std::chrono::seconds>(options_.interval, longest_pause_without_sites))).value();
        } else {
            (co_await ask_all()).value();
        }
    }
}

Future<void> Watch::find_sites() {
    const bool is_first = figures_->snapshot().sites.empty();
    Future<void> search = options_.sites.empty() ? find_all_sites() : find_named_sites();
    const Result<void> found = co_await std::move(search);
    if (found || is_stopped()) co_return;
    if (is_first && is_lasting(found.error())) throw Exception(found.error());
    complain("the sites", found.error());
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
    figures_->set_sites(sites, left_out);
    sites_ = std::move(sites);
    age_of_sites_ = 0s;
}

/// A site that is not there is shown as down, and not asked about.
Future<void> Watch::find_named_sites() {
    std::vector<Site> named;
    std::vector<Site> found;
    for (const SiteId& id : options_.sites) {
        const Result<Site> site = co_await client_.sites().get(id, call());
        if (!site && site.error().kind != ErrorKind::not_found) throw Exception(site.error());
        named.push_back(site ? *site : Site{.id = id});
        if (site) found.push_back(*site);
    }
    figures_->set_sites(named, 0);
    for (const Site& site : named) {
        const bool is_found = std::ranges::find(found, site) != found.end();
        if (!is_found && figures_->set_down(site.id)) options_.say(site.id.str() + ": there is no such site");
    }
    sites_ = std::move(found);
    age_of_sites_ = 0s;
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
    if (!std::exchange(is_first_round_, false)) age_of_sites_ += options_.interval;
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
        if (figures_->set_up(site.id, reading)) options_.say(site.id.str() + ": the figures come again");
    } else if (figures_->set_down(site.id)) {
        complain(site.id.str(), visitors ? report.error() : visitors.error());
    }
}

void Watch::complain(const std::string& subject, const Error& error) const {
    options_.say(subject + ": " + explanation_of(error));
}

} // namespace fathom::cli
