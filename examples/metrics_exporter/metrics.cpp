#include "metrics.hpp"

#include <chrono>
#include <sstream>
#include <string>

namespace {

/// The labels of a site. Prometheus escapes three characters in the value of a label.
std::string labels_of(const fathom::Site& site) {
    std::string labels = "{site=\"" + site.id.str() + "\",name=\"";
    for (const char c : site.name) {
        if (c == '"' || c == '\\' || c == '\n') labels += '\\';
        labels += c == '\n' ? 'n' : c;
    }
    return labels + "\"} ";
}

} // namespace

void write_metrics(const fathom::Client& client, std::ostream& out) {
    const fathom::CallOptions patient{.timeout = std::chrono::minutes{30}};
    const fathom::PageviewQuery visits_of_today{.aggregates = {fathom::PageviewMetric::visits},
                                                .range = fathom::today()};
    std::ostringstream up;
    std::ostringstream now;
    std::ostringstream today; // a metric's lines stand together, while the sites come one by one
    for (const fathom::Result<fathom::Site>& site : client.sites().list()) {
        const std::string labels = labels_of(site.value());
        const auto visitors = client.current_visitors().get(site->id, patient);
        const auto report = client.aggregations().pageviews(site->id, visits_of_today, patient);
        up << "fathom_up" << labels << (visitors && report ? 1 : 0) << '\n';
        if (visitors) now << "fathom_current_visitors" << labels << visitors->total << '\n';
        if (report) {
            const std::int64_t visits = report->empty() ? 0 : (*report)[0].visits.value_or(0);
            today << "fathom_visits_today" << labels << visits << '\n';
        }
    }
    out << "# HELP fathom_up Whether the figures of the site came.\n# TYPE fathom_up gauge\n"
        << up.str() << "# HELP fathom_current_visitors Visitors on the site now.\n"
        << "# TYPE fathom_current_visitors gauge\n"
        << now.str() << "# HELP fathom_visits_today Visits since midnight in the site's time zone.\n"
        << "# TYPE fathom_visits_today gauge\n"
        << today.str();
}
