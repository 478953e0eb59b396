#include "schema.hpp"

#include <cstdint>
#include <stdexcept>
#include <string>

namespace fathom::testing::detail {
namespace {

// Facts point to a profile, the set of all dimensions, so that a row of them is a few integers only.
constexpr const char* tables = R"sql(
CREATE TABLE IF NOT EXISTS sites (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    sharing TEXT NOT NULL,
    share_password TEXT NOT NULL,
    timezone TEXT NOT NULL,
    multi_domain INTEGER NOT NULL,
    multi_domain_option TEXT NOT NULL,
    visitor_seed INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS events (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    site INTEGER NOT NULL REFERENCES sites ON DELETE CASCADE,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    currency TEXT,
    recorded INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (site, id));
CREATE TABLE IF NOT EXISTS milestones (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    site INTEGER NOT NULL REFERENCES sites ON DELETE CASCADE,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    milestone_date TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (site, id));
CREATE TABLE IF NOT EXISTS profiles (
    sequence INTEGER PRIMARY KEY,
    hostname TEXT NOT NULL, pathname TEXT NOT NULL, entry_page TEXT NOT NULL, exit_page TEXT NOT NULL,
    referrer_hostname TEXT NOT NULL, referrer_pathname TEXT NOT NULL, referrer_source TEXT NOT NULL,
    browser TEXT NOT NULL, operating_system TEXT NOT NULL, device_type TEXT NOT NULL,
    country_code TEXT NOT NULL, region TEXT NOT NULL, city TEXT NOT NULL,
    utm_source TEXT NOT NULL, utm_medium TEXT NOT NULL, utm_campaign TEXT NOT NULL,
    utm_content TEXT NOT NULL, utm_term TEXT NOT NULL, keyword TEXT NOT NULL, ref TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS pageviews (
    site INTEGER NOT NULL REFERENCES sites ON DELETE CASCADE,
    at INTEGER NOT NULL,
    profile INTEGER NOT NULL,
    visits INTEGER NOT NULL, uniques INTEGER NOT NULL, pageviews INTEGER NOT NULL,
    duration INTEGER NOT NULL, bounces INTEGER NOT NULL, visitors INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS conversions (
    event INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
    at INTEGER NOT NULL,
    profile INTEGER NOT NULL,
    conversions INTEGER NOT NULL, unique_conversions INTEGER NOT NULL, value INTEGER NOT NULL,
    visitors INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS current_visitors (
    site INTEGER NOT NULL REFERENCES sites ON DELETE CASCADE,
    total INTEGER NOT NULL,
    hostname TEXT NOT NULL, pathname TEXT NOT NULL,
    referrer_hostname TEXT NOT NULL, referrer_pathname TEXT NOT NULL);
)sql";

constexpr const char* indexes = R"sql(
CREATE INDEX IF NOT EXISTS events_of_site ON events (site, sequence);
CREATE INDEX IF NOT EXISTS milestones_of_site ON milestones (site, sequence);
CREATE INDEX IF NOT EXISTS pageviews_of_site ON pageviews (site, at);
CREATE INDEX IF NOT EXISTS conversions_of_event ON conversions (event, at);
CREATE INDEX IF NOT EXISTS current_visitors_of_site ON current_visitors (site);
)sql";

// Files of another version have other columns. There is nothing in them that could not be made again.
constexpr std::int64_t schema_version = 2;

std::int64_t version_of(Database& database) {
    Statement row = database.query("PRAGMA user_version");
    return row.step() ? row.integer(0) : 0;
}

bool has_tables(Database& database) {
    Statement row = database.query("SELECT 1 FROM sqlite_master");
    return row.step();
}

[[noreturn]] void refuse() {
    throw std::runtime_error("the emulator's database was made by another version of it: delete the file");
}

} // namespace

void prepare_schema(Database& database) {
    const std::int64_t version = version_of(database);
    if (version == 0 && has_tables(database)) refuse();
    if (version != 0 && version != schema_version) refuse();
    database.execute(tables);
    database.execute(("PRAGMA user_version = " + std::to_string(schema_version)).c_str());
}

void prepare_indexes(Database& database) { database.execute(indexes); }

} // namespace fathom::testing::detail
