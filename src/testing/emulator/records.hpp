/// @file
/// Sites, events and milestones as rows.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fathom/testing/emulated_data.hpp>

#include "database.hpp"
#include "id_source.hpp"

namespace fathom::testing::detail {

/// In place of a seed: who is on the site now is what a test has said, and nobody else.
inline constexpr std::int64_t visitors_as_said = -1;

/// A site.
struct SiteRecord {
    std::int64_t sequence = 0; ///< The order of creation.
    std::string id{};
    std::string name{};
    std::string sharing = "none";
    std::string share_password{};
    std::string timezone = "UTC";
    bool multi_domain = false;
    std::string multi_domain_option = "combined";
    std::int64_t visitor_seed = 0; ///< Of the made-up passers-by; 0: there are none; visitors_as_said.
    std::chrono::sys_seconds created_at{};
};

/// An event of a site.
struct EventRecord {
    std::int64_t sequence = 0;
    std::int64_t site = 0; ///< The site's sequence.
    std::string id{};
    std::string name{};
    std::optional<std::string> currency{};
    bool is_recorded = true; ///< false: known from its conversions alone.
    std::chrono::sys_seconds created_at{};
};

/// A milestone of a site.
struct MilestoneRecord {
    std::int64_t sequence = 0;
    std::int64_t site = 0; ///< The site's sequence.
    std::string id{};
    std::string name{};
    std::string milestone_date{};
    std::chrono::sys_seconds created_at{};
    std::chrono::sys_seconds updated_at{};
};

[[nodiscard]] std::optional<SiteRecord> find_site(Database& database, const std::string& id);
[[nodiscard]] std::optional<SiteRecord> site_at(Database& database, std::int64_t sequence);
/// Stores a new one; makes an id where it has none, and sets its sequence.
void insert(Database& database, IdSource& ids, SiteRecord& site);
void update(Database& database, const SiteRecord& site);

[[nodiscard]] std::optional<EventRecord> find_event(Database& database, std::int64_t site, const std::string& id);
[[nodiscard]] std::optional<EventRecord> find_event_by_name(Database& database, std::int64_t site,
                                                            const std::string& name);
[[nodiscard]] std::optional<EventRecord> event_at(Database& database, std::int64_t sequence);
void insert(Database& database, IdSource& ids, EventRecord& event);
void update(Database& database, const EventRecord& event);

[[nodiscard]] std::optional<MilestoneRecord> find_milestone(Database& database, std::int64_t site,
                                                            const std::string& id);
[[nodiscard]] std::optional<MilestoneRecord> milestone_at(Database& database, std::int64_t sequence);
void insert(Database& database, IdSource& ids, MilestoneRecord& milestone);
void update(Database& database, const MilestoneRecord& milestone);

} // namespace fathom::testing::detail
