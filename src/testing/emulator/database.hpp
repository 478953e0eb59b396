/// @file
/// A thin layer over SQLite: a connection, a statement, and values between them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace fathom::testing::detail {

/// What a statement takes and a column holds.
using SqlValue = std::variant<std::nullptr_t, std::int64_t, double, std::string>;

/// A prepared statement; steps through its rows.
class Statement {
public:
    Statement(sqlite3* connection, std::string_view sql);

    /// Sets the parameters, from the first on, and starts anew.
    template <typename... Values>
    Statement& bind(const Values&... values) {
        rewind();
        int index = 0; // NOLINT(misc-const-correctness): no values are possible too
        (bind_at(++index, values), ...);
        return *this;
    }
    Statement& bind_all(const std::vector<SqlValue>& values);

    /// Moves to the next row; false after the last.
    bool step();
    /// Runs to the end, for statements without rows.
    void run();

    [[nodiscard]] bool is_null(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] double real(int column) const;
    [[nodiscard]] std::string text(int column) const;

private:
    struct Finalizer {
        void operator()(sqlite3_stmt* statement) const noexcept;
    };

    void rewind();
    void bind_at(int index, std::nullptr_t);
    void bind_at(int index, std::int64_t value);
    void bind_at(int index, double value);
    void bind_at(int index, const std::string& value);
    void bind_at(int index, const SqlValue& value);

    std::unique_ptr<sqlite3_stmt, Finalizer> statement_;
};

/// A connection. Not safe from several threads at once: its owner locks.
class Database {
public:
    /// @param path a file, or ":memory:"
    explicit Database(const std::string& path);

    void execute(const char* sql);
    [[nodiscard]] Statement prepare(std::string_view sql);
    template <typename... Values>
    [[nodiscard]] Statement query(std::string_view sql, const Values&... values) {
        Statement statement = prepare(sql);
        statement.bind(values...);
        return statement;
    }
    template <typename... Values>
    void run(std::string_view sql, const Values&... values) {
        query(sql, values...).run();
    }
    [[nodiscard]] std::int64_t last_insert_sequence() const;
    [[nodiscard]] sqlite3* connection() const noexcept { return connection_.get(); }

private:
    struct Closer {
        void operator()(sqlite3* connection) const noexcept;
    };

    std::unique_ptr<sqlite3, Closer> connection_;
};

/// Undoes what was done since, unless committed.
class Transaction {
public:
    explicit Transaction(Database& database);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit();

private:
    Database& database_;
    bool committed_ = false;
};

} // namespace fathom::testing::detail
