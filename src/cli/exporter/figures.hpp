/// @file
/// What the exporter knows of its sites: written by who asks the service, read by who answers scrapes.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <vector>

#include <fathom/sites.hpp>

namespace fathom::cli {

/// The figures of a site at one time.
struct Reading {
    std::int64_t visitors = 0;                ///< On the site at that time.
    std::int64_t visits = 0;                  ///< Since midnight in the site's zone.
    std::chrono::system_clock::time_point at; ///< When they came.
};

/// A site and what is known of it.
struct SiteFigures {
    Site site{};
    std::optional<bool> is_up{};      ///< Whether the last try brought its figures; nothing before the first.
    std::optional<Reading> reading{}; ///< The last that came; nothing where none ever did.
};

/// All sites at one time.
struct Snapshot {
    std::vector<SiteFigures> sites{};
    std::size_t left_out = 0; ///< Sites that are not asked about, beyond the most that were wanted.

    /// When the newest figures of any site came; nothing where none ever did.
    [[nodiscard]] std::optional<std::chrono::system_clock::time_point> newest() const;
};

/// Safe to use from any thread.
class Figures {
public:
    /// From now on these sites; those that stay keep their figures.
    void set_sites(const std::vector<Site>& sites, std::size_t left_out);
    /// Notes figures that came. @return whether the try before this one brought none
    bool set_up(const SiteId& site, const Reading& reading);
    /// Notes a try that brought none. @return whether it is the first such one in a row
    bool set_down(const SiteId& site);
    [[nodiscard]] Snapshot snapshot() const;

private:
    [[nodiscard]] SiteFigures* find(const SiteId& site);

    mutable std::mutex mutex_;
    Snapshot known_;
};

} // namespace fathom::cli
