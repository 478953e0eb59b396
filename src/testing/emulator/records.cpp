#include "records.hpp"

namespace fathom::testing::detail {
namespace {

constexpr std::string_view site_columns = "SELECT sequence, id, name, sharing, share_password, timezone, multi_domain, "
                                          "multi_domain_option, visitor_seed, created_at FROM sites ";
constexpr std::string_view event_columns =
    "SELECT sequence, site, id, name, currency, recorded, created_at FROM events ";
constexpr std::string_view milestone_columns =
    "SELECT sequence, site, id, name, milestone_date, created_at, updated_at FROM milestones ";

std::string with_columns(std::string_view columns, std::string_view condition) {
    return std::string(columns).append(condition);
}

std::int64_t to_number(std::chrono::sys_seconds time) { return time.time_since_epoch().count(); }

std::chrono::sys_seconds to_time(std::int64_t number) { return std::chrono::sys_seconds{std::chrono::seconds{number}}; }

SqlValue to_value(const std::optional<std::string>& text) { return text ? SqlValue{*text} : SqlValue{nullptr}; }

std::optional<SiteRecord> read_site(Statement row) {
    if (!row.step()) return std::nullopt;
    return SiteRecord{.sequence = row.integer(0),
                      .id = row.text(1),
                      .name = row.text(2),
                      .sharing = row.text(3),
                      .share_password = row.text(4),
                      .timezone = row.text(5),
                      .multi_domain = row.integer(6) != 0,
                      .multi_domain_option = row.text(7),
                      .visitor_seed = row.integer(8),
                      .created_at = to_time(row.integer(9))};
}

std::optional<EventRecord> read_event(Statement row) {
    if (!row.step()) return std::nullopt;
    return EventRecord{.sequence = row.integer(0),
                       .site = row.integer(1),
                       .id = row.text(2),
                       .name = row.text(3),
                       .currency = row.is_null(4) ? std::nullopt : std::optional{row.text(4)},
                       .is_recorded = row.integer(5) != 0,
                       .created_at = to_time(row.integer(6))};
}

std::optional<MilestoneRecord> read_milestone(Statement row) {
    if (!row.step()) return std::nullopt;
    return MilestoneRecord{.sequence = row.integer(0),
                           .site = row.integer(1),
                           .id = row.text(2),
                           .name = row.text(3),
                           .milestone_date = row.text(4),
                           .created_at = to_time(row.integer(5)),
                           .updated_at = to_time(row.integer(6))};
}

} // namespace

std::optional<SiteRecord> find_site(Database& database, const std::string& id) {
    return read_site(database.query(with_columns(site_columns, "WHERE id = ?"), id));
}

std::optional<SiteRecord> site_at(Database& database, std::int64_t sequence) {
    return read_site(database.query(with_columns(site_columns, "WHERE sequence = ?"), sequence));
}

void insert(Database& database, IdSource& ids, SiteRecord& site) {
    while (site.id.empty() || find_site(database, site.id)) {
        // The service's oldest ids have five letters, its newest eight.
        site.id = ids.letters(8);
    }
    database.run("INSERT INTO sites (id, name, sharing, share_password, timezone, multi_domain, multi_domain_option, "
                 "visitor_seed, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                 site.id, site.name, site.sharing, site.share_password, site.timezone, std::int64_t{site.multi_domain},
                 site.multi_domain_option, site.visitor_seed, to_number(site.created_at));
    site.sequence = database.last_insert_sequence();
}

void update(Database& database, const SiteRecord& site) {
    database.run("UPDATE sites SET name = ?, sharing = ?, share_password = ?, timezone = ?, multi_domain = ?, "
                 "multi_domain_option = ? WHERE sequence = ?",
                 site.name, site.sharing, site.share_password, site.timezone, std::int64_t{site.multi_domain},
                 site.multi_domain_option, site.sequence);
}

std::optional<EventRecord> find_event(Database& database, std::int64_t site, const std::string& id) {
    return read_event(database.query(with_columns(event_columns, "WHERE site = ? AND id = ?"), site, id));
}

std::optional<EventRecord> find_event_by_name(Database& database, std::int64_t site, const std::string& name) {
    return read_event(database.query(
        with_columns(event_columns, "WHERE site = ? AND name = ? ORDER BY recorded DESC, sequence"), site, name));
}

std::optional<EventRecord> event_at(Database& database, std::int64_t sequence) {
    return read_event(database.query(with_columns(event_columns, "WHERE sequence = ?"), sequence));
}

void insert(Database& database, IdSource& ids, EventRecord& event) {
    while (event.id.empty() || find_event(database, event.site, event.id)) event.id = ids.letters(8);
    database.run("INSERT INTO events (site, id, name, currency, recorded, created_at) VALUES (?, ?, ?, ?, ?, ?)",
                 event.site, event.id, event.name, to_value(event.currency), std::int64_t{event.is_recorded},
                 to_number(event.created_at));
    event.sequence = database.last_insert_sequence();
}

void update(Database& database, const EventRecord& event) {
    database.run("UPDATE events SET name = ?, currency = ?, recorded = ? WHERE sequence = ?", event.name,
                 to_value(event.currency), std::int64_t{event.is_recorded}, event.sequence);
}

std::optional<MilestoneRecord> find_milestone(Database& database, std::int64_t site, const std::string& id) {
    return read_milestone(database.query(with_columns(milestone_columns, "WHERE site = ? AND id = ?"), site, id));
}

std::optional<MilestoneRecord> milestone_at(Database& database, std::int64_t sequence) {
    return read_milestone(database.query(with_columns(milestone_columns, "WHERE sequence = ?"), sequence));
}

void insert(Database& database, IdSource& ids, MilestoneRecord& milestone) {
    while (milestone.id.empty() || find_milestone(database, milestone.site, milestone.id)) milestone.id = ids.uuid();
    database.run("INSERT INTO milestones (site, id, name, milestone_date, created_at, updated_at) "
                 "VALUES (?, ?, ?, ?, ?, ?)",
                 milestone.site, milestone.id, milestone.name, milestone.milestone_date,
                 to_number(milestone.created_at), to_number(milestone.updated_at));
    milestone.sequence = database.last_insert_sequence();
}

void update(Database& database, const MilestoneRecord& milestone) {
    database.run("UPDATE milestones SET name = ?, milestone_date = ?, updated_at = ? WHERE sequence = ?",
                 milestone.name, milestone.milestone_date, to_number(milestone.updated_at), milestone.sequence);
}

} // namespace fathom::testing::detail
