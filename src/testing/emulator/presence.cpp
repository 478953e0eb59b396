#include "presence.hpp"

#include <string>

#include "sample_data.hpp"

namespace fathom::testing::detail {
namespace {

// As long as this after a pageview its visitor counts as present.
constexpr std::chrono::minutes presence{5};

EmulatedVisitors read_group(const Statement& row) {
    return {.total = row.integer(0),
            .hostname = row.text(1),
            .pathname = row.text(2),
            .referrer_hostname = row.text(3),
            .referrer_pathname = row.text(4)};
}

std::vector<EmulatedVisitors> read_groups(Statement rows) {
    std::vector<EmulatedVisitors> groups;
    while (rows.step()) groups.push_back(read_group(rows));
    return groups;
}

std::vector<EmulatedVisitors> visitors_said(Service& service, const SiteRecord& site) {
    return read_groups(service.database.query("SELECT total, hostname, pathname, referrer_hostname, referrer_pathname "
                                              "FROM current_visitors WHERE site = ?",
                                              site.sequence));
}

// Each visitor is on one page at a time: the last one.
std::vector<EmulatedVisitors> recent_visitors(Service& service, const SiteRecord& site) {
    const std::int64_t now = service.now().time_since_epoch().count();
    return read_groups(service.database.query(
        "SELECT uniques, hostname, pathname, referrer_hostname, referrer_pathname FROM pageviews AS latest "
        "JOIN profiles ON profiles.sequence = latest.profile "
        "WHERE site = ?1 AND at > ?2 AND at <= ?3 AND (visitors = 0 OR NOT EXISTS "
        "(SELECT 1 FROM pageviews AS later WHERE later.site = ?1 AND later.visitors = latest.visitors "
        "AND later.at <= ?3 AND (later.at, later.rowid) > (latest.at, latest.rowid)))",
        site.sequence, now - std::int64_t{std::chrono::seconds{presence}.count()}, now));
}

// In each minute somebody may come; the same minute of the same site always brings the same people.
void add_passers_by(const SiteRecord& site, std::chrono::sys_time<std::chrono::minutes> minute,
                    const std::string& hostname, std::vector<EmulatedVisitors>& groups) {
    Dice dice{static_cast<std::uint64_t>(site.visitor_seed) * 0x9e3779b97f4a7c15U +
              static_cast<std::uint64_t>(minute.time_since_epoch().count())};
    for (std::uint64_t left = dice.roll(3); left > 0; --left) {
        const VisitorTraits traits = make_traits(dice, hostname);
        groups.push_back({.total = static_cast<std::int64_t>(1 + dice.roll(3)),
                          .hostname = traits.hostname,
                          .pathname = traits.pathname,
                          .referrer_hostname = traits.referrer_hostname,
                          .referrer_pathname = traits.referrer_pathname});
    }
}

std::string hostname_of(Service& service, const SiteRecord& site) {
    Statement row = service.database.query("SELECT hostname FROM pageviews JOIN profiles "
                                           "ON profiles.sequence = pageviews.profile WHERE site = ? LIMIT 1",
                                           site.sequence);
    return row.step() ? row.text(0) : EmulatedVisitors{}.hostname;
}

} // namespace

std::vector<EmulatedVisitors> visitors_present(Service& service, const SiteRecord& site) {
    if (site.visitor_seed == visitors_as_said) return visitors_said(service, site);
    std::vector<EmulatedVisitors> groups = recent_visitors(service, site);
    if (site.visitor_seed == 0) return groups;
    const auto now = std::chrono::floor<std::chrono::minutes>(service.now());
    const std::string hostname = hostname_of(service, site);
    for (auto minute = now - presence; minute < now; ++minute) add_passers_by(site, minute, hostname, groups);
    return groups;
}

} // namespace fathom::testing::detail
