#include "sqlite_store.hpp"

#include <array>
#include <cstddef>
#include <fstream>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "../exit_code.hpp"
#include "database.hpp"
#include "times.hpp"

namespace fathom::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t application = 0x46415448; // "FATH", by which SQLite's files tell what they are for
constexpr std::int64_t schema_version = 1;

/// A name as SQL has it, for fields and metrics that only the service knows.
std::string quoted(const std::string& name) {
    std::string text = "\"";
    for (const char c : name) text.append(c == '"' ? 2 : 1, c);
    return text + '"';
}

std::string table_of(const ExportQuestion& question) { return question.is_about_events ? "events" : "pageviews"; }

std::string type_name(ExportColumn::Type type) {
    switch (type) {
    case ExportColumn::Type::integer: return "INTEGER";
    case ExportColumn::Type::real: return "REAL";
    case ExportColumn::Type::text: break;
    }
    return "TEXT";
}

std::string create_statements(const ExportQuestion& question) {
    std::string columns;
    std::string key;
    for (const ExportColumn& column : leading_columns(question)) {
        columns += column.name + " TEXT NOT NULL, ";
        key.append(key.empty() ? "" : ", ").append(column.name);
    }
    for (const ExportColumn& column : value_columns(question)) {
        columns += quoted(column.name) + " " + type_name(column.type) + ", ";
        if (column.type == ExportColumn::Type::text) key += ", " + quoted(column.name);
    }
    columns.resize(columns.size() - 2); // the last comma
    // An index that is not unique: what the service tells apart may be the same text here, as in place of bytes that are no
    // character stands U+FFFD.
    const std::string table = table_of(question);
    return "CREATE TABLE " + table + " (" + columns + ");CREATE INDEX " + table + "_in_order ON " + table + " (" + key +
           ");"
           "CREATE TABLE export_question (question TEXT NOT NULL);"
           "CREATE TABLE export_places (site_id TEXT NOT NULL, event TEXT NOT NULL, first_day TEXT NOT NULL,"
           " is_from_first_visit INTEGER NOT NULL, place TEXT, settled_until TEXT NOT NULL, until TEXT NOT NULL, "
           "PRIMARY KEY (site_id, event));"
           "PRAGMA application_id = " +
           std::to_string(application) +
           ";"
           "PRAGMA user_version = " +
           std::to_string(schema_version) + ";";
}

/// Whether there is anything in the file, so that it is an export or none of this program's business.
bool has_content(const fs::path& file) {
    std::error_code is_not_there;
    const auto size = fs::file_size(file, is_not_there);
    return fs::exists(file) && (is_not_there || size > 0);
}

bool looks_like_sqlite(const fs::path& file) {
    static constexpr std::string_view magic = "SQLite format 3";
    std::array<char, magic.size()> head{};
    std::ifstream in(file, std::ios::binary);
    return in.read(head.data(), head.size()) && std::string_view(head.data(), head.size()) == magic;
}

std::map<ExportSubject, StoredPlace> read_places(const Database& database) {
    std::map<ExportSubject, StoredPlace> places;
    Statement query(
        database,
        "SELECT site_id, event, first_day, is_from_first_visit, place, settled_until, until FROM export_places");
    while (query.step()) {
        places[{.site = query.text(0), .event = query.text(1)}] = {
            .begin = std::chrono::floor<std::chrono::days>(time_of(query.text(2))),
            .is_from_first_visit = query.number(3) != 0,
            .place = query.is_null(4) ? std::nullopt : std::optional(query.text(4)),
            .settled_until = time_of(query.text(5)),
            .until = time_of(query.text(6))};
    }
    return places;
}

class SqliteStore final : public ExportStore {
public:
    SqliteStore(fs::path file, ExportQuestion question) : file_(std::move(file)), question_(std::move(question)) {
        if (has_content(file_)) open_existing();
    }

    void prepare() override {
        if (is_made_) Transaction(*database_).commit(); // shows that it can be written
    }

private:
    void open_existing() {
        if (!looks_like_sqlite(file_)) throw UsageError(foreign_file(file_));
        database_.emplace(file_);
        if (database_->number("PRAGMA application_id") != application) {
            // A program that was killed while it made the first rows leaves a file that SQLite empties when it is opened.
            if (database_->number("SELECT count(*) FROM sqlite_master") == 0) return;
            throw UsageError(foreign_file(file_));
        }
        if (database_->number("PRAGMA user_version") > schema_version) {
            throw UsageError(file_.string() + " was made by a later version of this program");
        }
        Statement query(*database_, "SELECT question FROM export_question");
        const std::string stored = query.step() ? query.text(0) : std::string();
        require_same(file_, question_of(Record::parse(stored, nullptr, false)), question_);
        set_places(read_places(*database_));
        is_made_ = true;
    }

    void write(const ExportSubject& subject, const ExportPiece& piece, const StoredPlace& place, Permanence) override {
        if (!database_) database_.emplace(file_);
        Transaction transaction(*database_);
        if (!is_made_) make_tables_once();
        erase(subject, piece);
        insert(subject, piece);
        note(subject, place);
        transaction.commit();
        is_made_ = true;
    }
    /// Another export may have begun with the file at the same time.
    void make_tables_once() {
        if (database_->number("PRAGMA application_id") != application) return make_tables();
        throw UsageError(file_.string() + " was begun by another export meanwhile; run the same command again");
    }
    void make_tables() {
        database_->run(create_statements(question_));
        Statement(*database_, "INSERT INTO export_question VALUES (?)").bind(record_of(question_).dump()).step();
    }
    Statement& bind(Statement& statement, const ExportSubject& subject) const {
        statement.bind(subject.site);
        return question_.is_about_events ? statement.bind(subject.event) : statement;
    }
    void erase(const ExportSubject& subject, const ExportPiece& piece) {
        const std::string of_event = question_.is_about_events ? "event = ? AND " : "";
        Statement erasure(*database_, "DELETE FROM " + table_of(question_) + " WHERE site_id = ? AND " + of_event +
                                          "date >= ? AND date < ?");
        bind(erasure, subject).bind(date_of(piece.from)).bind(date_of(piece.until)).step();
    }
    void insert(const ExportSubject& subject, const ExportPiece& piece) {
        std::string parameters;
        const std::size_t count = leading_columns(question_).size() + value_columns(question_).size();
        for (std::size_t i = 0; i < count; ++i) parameters += i == 0 ? "?" : ", ?";
        Statement insertion(*database_, "INSERT INTO " + table_of(question_) + " VALUES (" + parameters + ")");
        for (const ExportRow& row : piece.rows) {
            bind(insertion, subject).bind(date_of(row.time));
            for (const Cell& cell : row.cells) insertion.bind(cell);
            insertion.step();
        }
    }
    void note(const ExportSubject& subject, const StoredPlace& place) {
        Statement(*database_, "INSERT OR REPLACE INTO export_places VALUES (?, ?, ?, ?, ?, ?, ?)")
            .bind(subject.site)
            .bind(subject.event)
            .bind(text_of(place.begin))
            .bind(std::int64_t{place.is_from_first_visit})
            .bind(place.place ? Cell(*place.place) : Cell())
            .bind(text_of(place.settled_until))
            .bind(text_of(place.until))
            .step();
    }
    [[nodiscard]] std::string date_of(std::chrono::local_seconds time) const { return bucket_text(time, question_.by); }

    fs::path file_;
    ExportQuestion question_;
    std::optional<Database> database_{};
    bool is_made_ = false;
};

} // namespace

std::unique_ptr<ExportStore> open_sqlite_store(const fs::path& file, const ExportQuestion& question) {
    return std::make_unique<SqliteStore>(file, question);
}

} // namespace fathom::cli
