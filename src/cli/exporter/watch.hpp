/// @file
/// Asks the service for the figures of sites, round after round, at the pace of its limit.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include <fathom/async_client.hpp>
#include <fathom/future.hpp>
#include <fathom/ids.hpp>
#include <fathom/rate_limit.hpp>
#include <fathom/sites.hpp>

#include "figures.hpp"

namespace fathom::cli {

/// Reports that a site costs in each round; they share the limit of ten a minute, and each is billed like one pageview.
inline constexpr int reports_per_site = 2;

struct WatchOptions {
    std::vector<SiteId> sites{};   ///< None twice. Empty: all that the key reaches.
    std::size_t most_sites = 100;  ///< Of all; those that were created first.
    std::chrono::seconds interval; ///< Between two times that a site is asked about; longer where the limit wants it.
    RateLimits limits{};           ///< Those of the client.
    std::stop_token stop{};        ///< Ends it.
    /// Gives the present.
    std::function<std::chrono::system_clock::time_point()> now = [] { return std::chrono::system_clock::now(); };
    /// Takes a sentence for people.
    std::function<void(const std::string& sentence)> say{};
};

/// Lives longer than the future of its run().
class Watch {
public:
    Watch(AsyncClient client, std::shared_ptr<Figures> figures, WatchOptions options);

    /// Asks until it is stopped, through all outages.
    /// @return an error where the key, or the id of a site, is refused before any sites are known, or none that is named is
    ///         there
    [[nodiscard]] Future<void> run();

private:
    /// @return whether the service told which sites there are
    [[nodiscard]] Future<bool> find_sites();
    [[nodiscard]] Future<void> find_all_sites();
    [[nodiscard]] Future<void> find_named_sites();
    [[nodiscard]] Future<void> pause(std::chrono::milliseconds duration);
    [[nodiscard]] Future<void> ask_all();
    [[nodiscard]] Future<void> ask(Site site);
    void take(const Site& site, const Result<CurrentVisitors>& visitors, const Result<PageviewReport>& report);
    /// Says what went wrong, unless it said the same last.
    void complain(const std::string& subject, const Error& error);
    [[nodiscard]] bool is_stopped() const noexcept { return options_.stop.stop_requested(); }
    [[nodiscard]] CallOptions call() const;

    AsyncClient client_;
    std::shared_ptr<Figures> figures_;
    WatchOptions options_;
    [[nodiscard]] bool has_old_sites() const;

    std::vector<Site> sites_{}; // those that are asked about
    std::chrono::system_clock::time_point listed_at_{};
    std::map<std::string, std::pair<ErrorKind, int>>
        told_{}; // by what it is about: kind and status of what was said last
    bool is_first_round_ = true;
};

} // namespace fathom::cli
