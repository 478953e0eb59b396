#include "figures.hpp"

#include <algorithm>
#include <utility>

namespace fathom::cli {

std::optional<std::chrono::system_clock::time_point> Snapshot::newest() const {
    std::optional<std::chrono::system_clock::time_point> newest;
    for (const SiteFigures& figures : sites) {
        if (figures.reading && (!newest || figures.reading->at > *newest)) newest = figures.reading->at;
    }
    return newest;
}

void Figures::set_sites(const std::vector<Site>& sites, std::size_t left_out) {
    const std::lock_guard lock(mutex_);
    std::vector<SiteFigures> next;
    next.reserve(sites.size());
    for (const Site& site : sites) {
        const SiteFigures* const known = find(site.id);
        next.push_back(known == nullptr ? SiteFigures{} : *known);
        next.back().site = site;
    }
    known_ = {.sites = std::move(next), .left_out = left_out};
}

bool Figures::set_up(const SiteId& site, const Reading& reading) {
    const std::lock_guard lock(mutex_);
    SiteFigures* const figures = find(site);
    if (figures == nullptr) return false;
    figures->reading = reading;
    return std::exchange(figures->is_up, true) == false;
}

bool Figures::set_down(const SiteId& site) {
    const std::lock_guard lock(mutex_);
    SiteFigures* const figures = find(site);
    if (figures == nullptr) return false;
    return std::exchange(figures->is_up, false) != false;
}

Snapshot Figures::snapshot() const {
    const std::lock_guard lock(mutex_);
    return known_;
}

SiteFigures* Figures::find(const SiteId& site) {
    const auto found =
        std::ranges::find(known_.sites, site, [](const SiteFigures& figures) { return figures.site.id; });
    return found == known_.sites.end() ? nullptr : &*found;
}

} // namespace fathom::cli
