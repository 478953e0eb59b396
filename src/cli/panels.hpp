/// @file
/// What is shown of a site at one look: how many are there now, today by hour beside the same day of last week, and what
/// leads today. Knows neither a terminal nor HTML, so that whatever shows it shows the same.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <fathom/async_client.hpp>
#include <fathom/call_options.hpp>
#include <fathom/future.hpp>
#include <fathom/ids.hpp>
#include <fathom/rate_limit.hpp>
#include <fathom/sites.hpp>

namespace fathom::cli {

/// One hour by the site's clocks.
struct PanelHour {
    std::optional<std::int64_t> today{}; ///< Visits; nothing for an hour that has not begun.
    std::int64_t last_week = 0;          ///< Visits in the same hour a week ago.

    friend bool operator==(const PanelHour&, const PanelHour&) = default;
};

/// One line of what leads.
struct PanelEntry {
    std::string name{}; ///< A path, a host, a country's code; empty where there is none: who came directly.
    std::int64_t count = 0;

    friend bool operator==(const PanelEntry&, const PanelEntry&) = default;
};

/// All panels of a site.
struct Panels {
    Site site{};
    std::string timezone{};              ///< In which its days are counted: the site's own, else UTC.
    std::chrono::sys_seconds taken_at{}; ///< When they were asked for.
    std::chrono::year_month_day today{}; ///< The site's date then.
    std::int64_t visitors_now = 0;       ///< On the site.
    std::vector<PanelHour> hours{};      ///< 24: from midnight on.
    std::vector<PanelEntry> pages{};     ///< Today's paths by pageviews, largest first.
    std::vector<PanelEntry> referrers{}; ///< Today's referring hosts by visits, largest first.
    std::vector<PanelEntry> countries{}; ///< Today's countries by visits, largest first.

    friend bool operator==(const Panels&, const Panels&) = default;
};

/// The site's date, `2026-11-26`.
[[nodiscard]] std::string date_text(const Panels& panels);
/// Visits of today so far.
[[nodiscard]] std::int64_t visits_today(const Panels& panels);
/// Visits of the hours that have begun today, a week ago.
[[nodiscard]] std::int64_t visits_last_week(const Panels& panels);

/// What a look costs: all but one of these count towards the limit of ten reports a minute, and each is billed like one
/// pageview.
inline constexpr int requests_of_first_look = 7;
/// What each further look costs while the site's date stays the same, see read_panels(); all are reports.
inline constexpr int requests_of_next_look = 5;

/// With this deadline a first look comes to its end, whatever the limit in force: its reports are asked for at once, and the
/// last goes when the limit has let through all others.
[[nodiscard]] std::chrono::seconds deadline_of_look(const RateLimits& limits);

/// How panels are asked for.
struct PanelOptions {
    int longest_list = 10;                               ///< Most entries of what leads, 1–1000.
    CallOptions call{.priority = Priority::interactive}; ///< For each request.
};

/// Asks for the panels of a site, by all requests at once.
/// @param now the present, which decides what today is
/// @param before panels of the same site that were read earlier: what they have and does not change, the site and last
///        week's hours, is not asked again
/// @return the error of a request that failed; invalid_argument where this machine does not know the site's zone
[[nodiscard]] Future<Panels> read_panels(AsyncClient client, SiteId site, std::chrono::sys_seconds now,
                                         std::optional<Panels> before = {}, PanelOptions options = {});

} // namespace fathom::cli
