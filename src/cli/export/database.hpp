/// @file
/// As much of SQLite as an export needs: errors are thrown, and nothing is left open.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include <sqlite3.h>

#include "piece.hpp"

namespace fathom::cli {

class Database {
public:
    /// Makes an empty one where there is none.
    /// @throw std::runtime_error as all members do
    explicit Database(const std::filesystem::path& file);

    /// Runs statements that give no rows.
    void run(const std::string& statements) const;
    /// The first column of the only row of a query.
    [[nodiscard]] std::int64_t number(const std::string& query) const;
    [[nodiscard]] sqlite3* handle() const noexcept { return database_.get(); }
    [[noreturn]] void fail() const;

private:
    struct Closer {
        void operator()(sqlite3* database) const noexcept { sqlite3_close(database); }
    };

    std::string name_;
    std::unique_ptr<sqlite3, Closer> database_{};
};

class Statement {
public:
    Statement(const Database& database, std::string_view text);

    /// Binds the next parameter.
    Statement& bind(const std::string& text);
    Statement& bind(std::int64_t number);
    Statement& bind(const Cell& cell);
    /// @return whether there is a row; where there is none, parameters may be bound again
    bool step();
    [[nodiscard]] std::string text(int column) const;
    [[nodiscard]] std::int64_t number(int column) const;
    [[nodiscard]] bool is_null(int column) const;

private:
    struct Finalizer {
        void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
    };
    Statement& check(int code);

    const Database& database_;
    std::unique_ptr<sqlite3_stmt, Finalizer> statement_{};
    int bound_ = 0;
};

/// Undone at its end, unless commit() was called.
class Transaction {
public:
    explicit Transaction(const Database& database) : database_(database) { database_.run("BEGIN IMMEDIATE"); }
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction() {
        if (!is_over_) sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    }
    void commit() {
        database_.run("COMMIT");
        is_over_ = true;
    }

private:
    const Database& database_;
    bool is_over_ = false;
};

} // namespace fathom::cli
