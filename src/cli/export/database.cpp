#include "database.hpp"

#include <stdexcept>
#include <variant>

namespace fathom::cli {

namespace {

/// As SQLite takes it on every system: on Windows string() may be in another encoding.
std::string in_utf8(const std::filesystem::path& file) {
    const std::u8string text = file.u8string();
    return {text.begin(), text.end()};
}

} // namespace

Database::Database(const std::filesystem::path& file) : name_(in_utf8(file)) {
    sqlite3* opened = nullptr;
    const int code = sqlite3_open(name_.c_str(), &opened);
    database_.reset(opened);
    if (code != SQLITE_OK) fail();
    constexpr int longest_wait_in_milliseconds = 10'000; // for another program that reads or writes
    sqlite3_busy_timeout(opened, longest_wait_in_milliseconds);
}

void Database::run(const std::string& statements) const {
    if (sqlite3_exec(handle(), statements.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail();
}

std::int64_t Database::number(const std::string& query) const {
    Statement statement(*this, query);
    return statement.step() ? statement.number(0) : 0;
}

void Database::fail() const {
    throw std::runtime_error(name_ + ": " + (database_ ? sqlite3_errmsg(handle()) : "out of memory"));
}

Statement::Statement(const Database& database, std::string_view text) : database_(database) {
    sqlite3_stmt* made = nullptr;
    const int code = sqlite3_prepare_v2(database.handle(), text.data(), static_cast<int>(text.size()), &made, nullptr);
    statement_.reset(made);
    check(code);
}

Statement& Statement::check(int code) {
    if (code != SQLITE_OK) database_.fail();
    return *this;
}

Statement& Statement::bind(const std::string& text) {
    return check(sqlite3_bind_text(statement_.get(), ++bound_, text.data(), static_cast<int>(text.size()),
                                   SQLITE_TRANSIENT)); // NOLINT: SQLite's own cast
}

Statement& Statement::bind(std::int64_t number) {
    return check(sqlite3_bind_int64(statement_.get(), ++bound_, number));
}

Statement& Statement::bind(const Cell& cell) {
    if (const auto* text = std::get_if<std::string>(&cell)) return bind(*text);
    if (const auto* count = std::get_if<std::int64_t>(&cell)) return bind(*count);
    ++bound_;
    if (const auto* real = std::get_if<double>(&cell)) {
        return check(sqlite3_bind_double(statement_.get(), bound_, *real));
    }
    return check(sqlite3_bind_null(statement_.get(), bound_));
}

bool Statement::step() {
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) database_.fail();
    bound_ = 0;
    check(sqlite3_reset(statement_.get()));
    return false;
}

std::string Statement::text(int column) const {
    const unsigned char* const value = sqlite3_column_text(statement_.get(), column);
    return value == nullptr ? std::string() : std::string(reinterpret_cast<const char*>(value));
}

std::int64_t Statement::number(int column) const { return sqlite3_column_int64(statement_.get(), column); }

bool Statement::is_null(int column) const { return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL; }

} // namespace fathom::cli
