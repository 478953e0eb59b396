/// @file
/// A file that histories are exported to, and how far each of them has come in it.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "piece.hpp"
#include "question.hpp"
#include "subject.hpp"

namespace fathom::cli {

/// How far one history has come.
struct StoredPlace {
    std::chrono::local_days begin{};            ///< Its first day.
    bool is_from_first_visit = false;           ///< There is nothing before that day.
    std::optional<std::string> place{};         ///< HistoryPiece::place, behind the rows that stay.
    std::chrono::local_seconds settled_until{}; ///< Where these rows end.
    std::chrono::local_seconds until{};         ///< Where all its rows end.

    friend bool operator==(const StoredPlace&, const StoredPlace&) = default;
};

/// Whether rows stay as they are.
enum class Permanence : std::uint8_t {
    settled, ///< They stay.
    recent,  ///< The next run fetches them again.
};

/// Nothing stays behind where there was no put(). Whenever the program ends, all that put() has returned for is in
/// the file, once, with its place.
class ExportStore {
public:
    ExportStore() = default;
    ExportStore(const ExportStore&) = delete;
    ExportStore& operator=(const ExportStore&) = delete;
    virtual ~ExportStore() = default;

    [[nodiscard]] const std::map<ExportSubject, StoredPlace>& places() const noexcept { return places_; }
    /// Undoes what a program has left that died in the middle of a put(), keeps other exports away, and shows that the file can
    /// be written. To be called before the first put(); not where nothing is to be changed.
    virtual void prepare() {}
    /// Puts a piece in the place of all rows of that stretch of time, and notes how far the history has come.
    void put(const ExportSubject& subject, const ExportPiece& piece, const StoredPlace& place, Permanence permanence) {
        write(subject, piece, place, permanence);
        places_.insert_or_assign(subject, place);
    }

protected:
    void set_places(std::map<ExportSubject, StoredPlace> places) { places_ = std::move(places); }

private:
    virtual void write(const ExportSubject& subject, const ExportPiece& piece, const StoredPlace& place,
                       Permanence permanence) = 0;

    std::map<ExportSubject, StoredPlace> places_{};
};

enum class ExportFormat : std::uint8_t { sqlite, csv, json_lines };

/// By the name of the format (`sqlite`, `csv`, `jsonl`), else by the ending of the file.
/// @throw UsageError
[[nodiscard]] ExportFormat export_format(const std::optional<std::string>& name, const std::filesystem::path& file);

/// @throw UsageError where the file is not an export, or one of another question
[[nodiscard]] std::unique_ptr<ExportStore> open_store(ExportFormat format, const std::filesystem::path& file,
                                                      const ExportQuestion& question);

/// @throw UsageError where the file holds another question
void require_same(const std::filesystem::path& file, const ExportQuestion& stored, const ExportQuestion& asked);
/// What is said of a file of another export, by the options in which they differ.
[[nodiscard]] std::string other_export(const std::filesystem::path& file, const std::string& options);
/// What is said of a file that something else has made.
[[nodiscard]] std::string foreign_file(const std::filesystem::path& file);

} // namespace fathom::cli
