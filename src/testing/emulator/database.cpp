#include "database.hpp"

#include <stdexcept>

#include <sqlite3.h>

namespace fathom::testing::detail {
namespace {

void check(int result, sqlite3* connection) {
    if (result != SQLITE_OK)
        throw std::runtime_error(std::string("emulator's database: ") + sqlite3_errmsg(connection));
}

void check(int result, sqlite3_stmt* statement) { check(result, sqlite3_db_handle(statement)); }

} // namespace

Statement::Statement(sqlite3* connection, std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    const int result = sqlite3_prepare_v2(connection, sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
    statement_.reset(statement);
    check(result, connection);
}

void Statement::Finalizer::operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }

Statement& Statement::bind_all(const std::vector<SqlValue>& values) {
    rewind();
    int index = 0;
    for (const SqlValue& value : values) bind_at(++index, value);
    return *this;
}

bool Statement::step() {
    const int result = sqlite3_step(statement_.get());
    if (result != SQLITE_ROW && result != SQLITE_DONE) check(result, statement_.get());
    return result == SQLITE_ROW;
}

void Statement::run() {
    while (step()) {
    }
}

bool Statement::is_null(int column) const { return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL; }

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(statement_.get(), column); }

double Statement::real(int column) const { return sqlite3_column_double(statement_.get(), column); }

std::string Statement::text(int column) const {
    const unsigned char* text = sqlite3_column_text(statement_.get(), column);
    if (text == nullptr) return {};
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
    return {reinterpret_cast<const char*>(text), size};
}

void Statement::rewind() { sqlite3_reset(statement_.get()); }

void Statement::bind_at(int index, std::nullptr_t) {
    check(sqlite3_bind_null(statement_.get(), index), statement_.get());
}

void Statement::bind_at(int index, std::int64_t value) {
    check(sqlite3_bind_int64(statement_.get(), index, value), statement_.get());
}

void Statement::bind_at(int index, double value) {
    check(sqlite3_bind_double(statement_.get(), index, value), statement_.get());
}

void Statement::bind_at(int index, const std::string& value) {
    check(sqlite3_bind_text(statement_.get(), index, value.data(), static_cast<int>(value.size()), SQLITE_TRANSIENT),
          statement_.get());
}

void Statement::bind_at(int index, const SqlValue& value) {
    std::visit([&](const auto& held) { bind_at(index, held); }, value);
}

Database::Database(const std::string& path) {
    sqlite3* connection = nullptr;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    const int result = sqlite3_open_v2(path.c_str(), &connection, flags, nullptr);
    connection_.reset(connection);
    if (result != SQLITE_OK) throw std::runtime_error("emulator's database " + path + ": " + sqlite3_errstr(result));
    // What a crash would lose is of no worth here, and waiting for the disk would make every write slow.
    execute("PRAGMA foreign_keys = ON; PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY;");
}

void Database::Closer::operator()(sqlite3* connection) const noexcept { sqlite3_close_v2(connection); }

void Database::execute(const char* sql) {
    check(sqlite3_exec(connection_.get(), sql, nullptr, nullptr, nullptr), connection_.get());
}

Statement Database::prepare(std::string_view sql) { return Statement{connection_.get(), sql}; }

std::int64_t Database::last_insert_sequence() const { return sqlite3_last_insert_rowid(connection_.get()); }

Transaction::Transaction(Database& database) : database_{database} { database_.execute("BEGIN"); }

Transaction::~Transaction() {
    if (committed_) return;
    // A destructor can't report; a rollback fails only where SQLite has already rolled back by itself.
    sqlite3_exec(database_.connection(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
    database_.execute("COMMIT");
    committed_ = true;
}

} // namespace fathom::testing::detail
