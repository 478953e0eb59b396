/// @file
/// An export under way: histories side by side, within one quota, into one file.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <vector>

#include <fathom/client.hpp>
#include <fathom/history.hpp>

#include "../report_options.hpp"
#include "questions.hpp"
#include "store.hpp"
#include "turns.hpp"

namespace fathom::cli {

struct ExportSettings {
    ExportQuestion question{};
    ReportOptions days{};                                         ///< Those that the command line names.
    std::function<std::chrono::system_clock::time_point()> now{}; ///< Today is the day of this.
    CallOptions call{};                                           ///< Of each request; how long it may wait.
};

/// How one history fared.
struct ExportedHistory {
    ExportSubject subject;
    std::int64_t rows = 0;              ///< Written by this run.
    std::int64_t requests = 0;          ///< Reports.
    std::optional<StoredPlace> place{}; ///< How far it is in the file; nothing where nobody ever came.
    std::exception_ptr failure{};       ///< Why it came no further.
};

/// The rows of a site in the file are of days of another time zone.
class OtherZone : public std::runtime_error {
public:
    explicit OtherZone(const ExportSubject& subject);
};

/// Called again and again. @return whether to go on
using ExportWatch = std::function<bool(const HistoryProgress&)>;

class ExportRun {
public:
    ExportRun(const Client& client, ExportStore& store, ExportSettings settings);

    /// Fetches what is not in the file yet, and what may have changed. All that has come when one fails or the run is stopped
    /// is in the file.
    /// @throw UsageError where the days leave a gap; nothing is requested then
    [[nodiscard]] std::vector<ExportedHistory> run(const std::vector<ExportSubject>& subjects,
                                                   const ExportWatch& watch);

private:
    struct Stream {
        ExportedHistory history;
        HistoryProgress progress{};       ///< Of the walk that is under way.
        std::int64_t requests_before = 0; ///< Of those that are over.
        Future<void> outcome{};
    };

    void require_no_gap(const ExportSubject& subject) const;
    [[nodiscard]] Future<void> export_history(Stream& stream);
    [[nodiscard]] Future<std::optional<StoredPlace>> beginning(Stream& stream, ExportInquiry asked, WantedDays wanted);
    [[nodiscard]] Future<void> follow(Stream& stream, ExportInquiry asked, Days wanted, Permanence permanence);
    void keep(Stream& stream, const ArrivedPiece& arrived, Permanence permanence);
    [[nodiscard]] bool is_over() const;
    [[nodiscard]] HistoryProgress progress() const;
    [[nodiscard]] ExportInquiry inquiry(const ExportSubject& subject) const;

    WorkQueue queue_{};
    Turns turns_;
    std::stop_source stop_{};
    AsyncClient client_;
    ExportStore& store_;
    ExportSettings settings_;
    std::deque<Stream> streams_{}; // which stay where they are
};

} // namespace fathom::cli
