#include "metrics.hpp"

#include <string>
#include <utility>

#include <fathom/version.hpp>

namespace fathom::cli {

namespace {

using Clock = std::chrono::system_clock;
using Labels = std::vector<std::pair<std::string_view, std::string>>;

bool is_older(Clock::time_point time, Clock::time_point now, std::chrono::seconds most) { return now - time > most; }

/// The metrics of sites, each of which gets a sample of each.
class SiteMetrics {
public:
    SiteMetrics(Clock::time_point now, std::chrono::seconds stale_after) : now_(now), stale_after_(stale_after) {}

    void add(const SiteFigures& figures) {
        const Labels site{{"site", figures.site.id.str()}};
        // Figures that are too old tell of an outage too, though the call that would end in an error may wait yet.
        const bool is_old = figures.reading && is_older(figures.reading->at, now_, stale_after_);
        if (figures.is_up) up_.samples.push_back({site, *figures.is_up && !is_old ? 1 : 0});
        const bool is_known = figures.site.timezone || !figures.site.name.empty();
        if (is_known) {
            info_.samples.push_back({{{"site", figures.site.id.str()},
                                      {"name", figures.site.name},
                                      {"timezone", figures.site.timezone.value_or("UTC")}},
                                     1});
        }
        if (!figures.reading) return;
        last_success_.samples.push_back({site, Clock::to_time_t(figures.reading->at)});
        if (is_old) return;
        visitors_.samples.push_back({site, figures.reading->visitors});
        visits_.samples.push_back({site, figures.reading->visits});
    }

    /// Where no site is known, since the list of sites cannot be had, nothing is up.
    void add_no_site() { up_.samples.push_back({}); }

    std::vector<Metric> taken() && {
        return {std::move(up_), std::move(info_), std::move(last_success_), std::move(visitors_), std::move(visits_)};
    }

private:
    Clock::time_point now_;
    std::chrono::seconds stale_after_;
    Metric up_{.name = "fathom_up",
               .help =
                   "Whether the service gave the figures of the site when it was last asked, and not too long ago."};
    Metric info_{
        .name = "fathom_site_info", .type = MetricType::info, .help = "Name and time zone of the site, as labels."};
    Metric last_success_{.name = "fathom_last_success_timestamp_seconds",
                         .help = "When the service last gave the figures of the site."};
    Metric visitors_{
        .name = "fathom_current_visitors",
        .help =
            "Visitors on the site when the service was last asked; cached between scrapes, withdrawn when too old."};
    Metric visits_{.name = "fathom_visits_today",
                   .help = "Visits since midnight in the time zone of the site; cached between scrapes, withdrawn when "
                           "too old."};
};

/// A sample for each of the service's limits.
Metric of_both_limits(Metric metric, std::uint64_t reports, std::uint64_t resources) {
    metric.samples.push_back({{{"limit", "reports"}}, static_cast<std::int64_t>(reports)});
    metric.samples.push_back({{{"limit", "resources"}}, static_cast<std::int64_t>(resources)});
    return metric;
}

void add_limits(std::vector<Metric>& metrics, const Quota& quota) {
    metrics.push_back(
        of_both_limits({.name = "fathom_requests_total",
                        .type = MetricType::counter,
                        .help = "Requests that the exporter has sent, by the limit that they count towards."},
                       quota.reports.requests_sent, quota.resources.requests_sent));
    metrics.push_back(of_both_limits({.name = "fathom_requests_refused_total",
                                      .type = MetricType::counter,
                                      .help = "Requests of these that were answered 429."},
                                     quota.reports.refused_requests, quota.resources.refused_requests));
    metrics.push_back(
        of_both_limits({.name = "fathom_quota_available",
                        .help = "Requests that the limit leaves now to all programs that share it with the exporter."},
                       quota.reports.free_permits, quota.resources.free_permits));
}

} // namespace

std::vector<Metric> metrics_of(const Snapshot& snapshot, const Quota& quota, Clock::time_point now,
                               std::chrono::seconds stale_after) {
    SiteMetrics sites(now, stale_after);
    for (const SiteFigures& figures : snapshot.sites) sites.add(figures);
    if (snapshot.sites.empty()) sites.add_no_site();
    std::vector<Metric> metrics = std::move(sites).taken();
    add_limits(metrics, quota);
    metrics.push_back({.name = "fathom_sites_left_out",
                       .help = "Sites of the key that have no metrics, since there are more than --max-sites.",
                       .samples = {{.value = static_cast<std::int64_t>(snapshot.left_out)}}});
    metrics.push_back({.name = "fathom_build_info",
                       .type = MetricType::info,
                       .help = "Version of the exporter, as a label.",
                       .samples = {{{{"version", std::string(version)}}, 1}}});
    return metrics;
}

bool is_fresh(const Snapshot& snapshot, Clock::time_point now, std::chrono::seconds stale_after) {
    const auto newest = snapshot.newest();
    return newest && !is_older(*newest, now, stale_after);
}

} // namespace fathom::cli
