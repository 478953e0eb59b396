#include "schema.hpp"

#include <exception>
#include <memory>
#include <stdexcept>

#include <sqlite3.h>

#include "pattern.hpp"
#include "time_zones.hpp"

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
    created_at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS events (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    site INTEGER NOT NULL REFERENCES sites ON DELETE CASCADE,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    currency TEXT,
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
    duration INTEGER NOT NULL, bounces INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS conversions (
    event INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
    at INTEGER NOT NULL,
    profile INTEGER NOT NULL,
    conversions INTEGER NOT NULL, unique_conversions INTEGER NOT NULL, value INTEGER NOT NULL);
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

std::string text_of(sqlite3_value* value) {
    const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
    return text == nullptr ? std::string{} : std::string(text, static_cast<std::size_t>(sqlite3_value_bytes(value)));
}

// What was made from a function's constant argument, so that it is made once per query and not once per row.
template <typename Made>
struct Remembered {
    std::string argument{};
    std::unique_ptr<Made> made{};

    Made& of(const std::string& wanted) {
        if (made == nullptr || argument != wanted) {
            made = std::make_unique<Made>(wanted);
            argument = wanted;
        }
        return *made;
    }
};

// Exceptions must not cross SQLite, which is C.
template <typename Made, typename Action>
void call_guarded(sqlite3_context* context, Action action) {
    try {
        action(*static_cast<Remembered<Made>*>(sqlite3_user_data(context)));
    } catch (const std::exception& problem) {
        sqlite3_result_error(context, problem.what(), -1);
    }
}

void time_bucket(sqlite3_context* context, int, sqlite3_value** arguments) {
    call_guarded<TimeZone>(context, [&](Remembered<TimeZone>& zones) {
        const std::chrono::sys_seconds instant{std::chrono::seconds{sqlite3_value_int64(arguments[0])}};
        TimeZone& zone = zones.of(text_of(arguments[1]));
        const auto grouping = static_cast<DateGrouping>(sqlite3_value_int(arguments[2]));
        const std::string text = bucket_text(zone.to_wall_clock(instant), grouping);
        sqlite3_result_text(context, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
    });
}

// SQLite turns `text REGEXP pattern` into regexp(pattern, text).
void matches_pattern(sqlite3_context* context, int, sqlite3_value** arguments) {
    call_guarded<Pattern>(context, [&](Remembered<Pattern>& patterns) {
        const bool found = patterns.of(text_of(arguments[0])).is_found_in(text_of(arguments[1]));
        sqlite3_result_int(context, found ? 1 : 0);
    });
}

template <typename Made>
void add_function(Database& database, const char* name, int argument_count,
                  void (*function)(sqlite3_context*, int, sqlite3_value**)) {
    auto memory = std::make_unique<Remembered<Made>>();
    const auto forget = [](void* pointer) { delete static_cast<Remembered<Made>*>(pointer); };
    // SQLite owns the memory from here on, and calls `forget` even where it refuses the function.
    const int result =
        sqlite3_create_function_v2(database.connection(), name, argument_count, SQLITE_UTF8 | SQLITE_DETERMINISTIC,
                                   memory.release(), function, nullptr, nullptr, forget);
    if (result != SQLITE_OK) throw std::runtime_error(std::string("emulator's database: no function ") + name);
}

} // namespace

void prepare_schema(Database& database) {
    database.execute(tables);
    add_function<TimeZone>(database, "time_bucket", 3, &time_bucket);
    add_function<Pattern>(database, "regexp", 2, &matches_pattern);
}

void prepare_indexes(Database& database) { database.execute(indexes); }

} // namespace fathom::testing::detail
