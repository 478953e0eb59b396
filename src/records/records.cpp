#include <fathom/records.hpp>

#include <algorithm>
#include <tuple>

#include "../json/fields.hpp"
#include "../json/json.hpp"
#include "cells.hpp"
#include "csv.hpp"
#include "json_array.hpp"
#include "rows.hpp"
#include "table.hpp"
#include "unreadable.hpp"

namespace fathom::detail {

using csv::Cell;
using csv::Line;
using csv::Table;

template <FlatRecord T>
    requires(!ReportRow<T>)
std::string csv_header() {
    return std::apply([](const auto&... field) { return csv::to_line({Cell(std::string(field.name))...}); },
                      json::fields<T>);
}

template <FlatRecord T>
    requires(!ReportRow<T>)
std::string csv_line(const T& record) {
    return std::apply([&](const auto&... field) { return csv::to_line({csv::cell_of(record.*field.member)...}); },
                      json::fields<T>);
}

namespace {

/// Reads a record from a line.
template <class T>
Result<T> record_of(const Table& table, const Line& line) {
    T record{};
    std::optional<Error> error;
    const auto read = [&](const auto& field) {
        const Cell* cell = table.find_cell(line, field.name);
        const bool is_missing = (!cell || !*cell) && field.presence == json::Presence::required;
        if (is_missing || (cell && !csv::read_cell(*cell, record.*field.member))) {
            error = csv::wrong_cell(line, field.name, cell ? *cell : Cell());
        }
    };
    std::apply([&](const auto&... field) { ((error ? void() : read(field)), ...); }, json::fields<T>);
    if (error) return *std::move(error);
    return record;
}

template <class T>
Result<std::vector<T>> records_from_csv(std::string_view text) {
    const Result<Table> table = csv::parse_table(text);
    if (!table) return table.error();
    std::vector<T> records;
    for (const Line& line : table->lines) {
        Result<T> record = record_of<T>(*table, line);
        if (!record) return std::move(record).error();
        records.push_back(*std::move(record));
    }
    return records;
}

/// The Error of one of many records, with its place.
Error at(std::string_view what, std::size_t number, Error error) {
    error.message = std::string(what) + " " + std::to_string(number) + ": " + error.message;
    return error;
}

} // namespace

} // namespace fathom::detail

namespace fathom::inline v0_2 {

std::string_view to_string(CsvHeader header) noexcept { return header == CsvHeader::left_out ? "left_out" : "written"; }

template <Record T>
std::string to_json(const T& record) {
    return detail::json::encode(record);
}

std::string to_json(std::string_view text) { return detail::json::encode_text(text); }

template <Record T>
Result<T> from_json(std::string_view json) {
    detail::DriftLog drift;
    Result<T> record = [&] {
        if constexpr (ReportRow<T>) {
            return detail::row_from_json<T>(json, drift);
        } else {
            return detail::json::decode_record<T>(json, drift);
        }
    }();
    if (record) {
        if (auto unreadable = detail::unreadable_in(drift)) return *std::move(unreadable);
    }
    return record;
}

template <Record T>
Result<std::vector<T>> read_json(std::string_view text) {
    const Result<std::vector<std::string_view>> elements = detail::elements_of_array(text);
    if (!elements) return elements.error();
    std::vector<T> records;
    for (const std::string_view element : *elements) {
        Result<T> record = from_json<T>(element);
        if (!record) return detail::at("element", records.size() + 1, std::move(record).error());
        records.push_back(*std::move(record));
    }
    return records;
}

template <Record T>
Result<std::vector<T>> read_json_lines(std::string_view text) {
    std::vector<T> records;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        Result<T> record = from_json<T>(line);
        if (!record) return detail::at("line", number, std::move(record).error());
        records.push_back(*std::move(record));
    }
    return records;
}

template <FlatRecord T>
Result<std::vector<T>> read_csv(std::string_view text) {
    if constexpr (ReportRow<T>) {
        return detail::rows_from_csv<T>(text);
    } else {
        return detail::records_from_csv<T>(text);
    }
}

template FATHOM_EXPORT std::string to_json(const Account&);
template FATHOM_EXPORT Result<Account> from_json(std::string_view);
template FATHOM_EXPORT Result<std::vector<Account>> read_json(std::string_view);
template FATHOM_EXPORT Result<std::vector<Account>> read_json_lines(std::string_view);
template FATHOM_EXPORT Result<std::vector<Account>> read_csv(std::string_view);
template FATHOM_EXPORT std::string to_json(const Token&);
template FATHOM_EXPORT Result<Token> from_json(std::string_view);
template FATHOM_EXPORT Result<std::vector<Token>> read_json(std::string_view);
template FATHOM_EXPORT Result<std::vector<Token>> read_json_lines(std::string_view);
template FATHOM_EXPORT Result<std::vector<Token>> read_csv(std::string_view);
template FATHOM_EXPORT std::string to_json(const Site&);
template FATHOM_EXPORT Result<Site> from_json(std::string_view);
template FATHOM_EXPORT Result<std::vector<Site>> read_json(std::string_view);
template FATHOM_EXPORT Result<std::vector<Site>> read_json_lines(std::string_view);
template FATHOM_EXPORT Result<std::vector<Site>> read_csv(std::string_view);
template FATHOM_EXPORT std::string to_json(const SiteCreate&);
template FATHOM_EXPORT Result<SiteCreate> from_json(std::string_view);
template FATHOM_EXPORT Result<std::vector<SiteCreate>> read_json(std::string_view);
template FATHOM_EXPORT Result<std::vector<SiteCreate>> read_json_lines(std::string_view);
template FATHOM_EXPORT Result<std::vector<SiteCreate>> read_csv(std::string_view);
template FATHOM_EXPORT std::string to_json(const SiteUpdate&);
template FATHOM_EXPORT Result<SiteUpdate> from_json(std::string_view);
template FATHOM_EXPORT Result<std::vector<SiteUpdate>> read_json(std::string_view);
template FATHOM_EXPORT Result<std::vector<SiteUpdate>> read_json_lines(std::string_view);
template FATHOM_EXPORT Result<std::vector<SiteUpdate>> read_csv(std::string_view);
template FATHOM_EXPORT std::string to_json(const Event&);
template FATHOM_EXPORT Result<Event> from_json(std::string_view);
template FATHOM_EXPORT Result<std::vector<Event>> read_json(std::string_view);
template FATHOM_EXPORT Result<std::vector<Event>> read_json_lines(std::string_view);
template FATHOM_EXPORT Result<std::vector<Event>> read_csv(std::string_view);
template FATHOM_EXPORT std::string to_json(const EventCreate&);
template FATHOM_EXPORT Result<EventCreate> from_json(std::string_view);
template FATHOM_EXPORT Result<std::vector<EventCreate>> read_json(std::string_view);
template FATHOM_EXPORT Result<std::vector<EventCreate>> read_json_lines(std::string_view);
template FATHOM_EXPORT Result<std::vector<EventCreate>> read_csv(std::string_view);
template FATHOM_EXPORT std::string to_json(const EventUpdate&);
template FATHOM_EXPORT Result<EventUpdate> from_json(std::string_view);
template FATHOM_EXPORT Result<std::vector<EventUpdate>> read_json(std::string_view);
template FATHOM_EXPORT Result<std::vector<EventUpdate>> read_json_lines(std::string_view);
template FATHOM_EXPORT Result<std::vector<EventUpdate>> read_csv(std::string_view);
template FATHOM_EXPORT std::string to_json(const Milestone&);
template FATHOM_EXPORT Result<Milestone> from_json(std::string_view);
template FATHOM_EXPORT Result<std::vector<Milestone>> read_json(std::string_view);
template FATHOM_EXPORT Result<std::vector<Milestone>> read_json_lines(std::string_view);
template FATHOM_EXPORT Result<std::vector<Milestone>> read_csv(std::string_view);
template FATHOM_EXPORT std::string to_json(const MilestoneCreate&);
template FATHOM_EXPORT Result<MilestoneCreate> from_json(std::string_view);
template FATHOM_EXPORT Result<std::vector<MilestoneCreate>> read_json(std::string_view);
template FATHOM_EXPORT Result<std::vector<MilestoneCreate>> read_json_lines(std::string_view);
template FATHOM_EXPORT Result<std::vector<MilestoneCreate>> read_csv(std::string_view);
template FATHOM_EXPORT std::string to_json(const MilestoneUpdate&);
template FATHOM_EXPORT Result<MilestoneUpdate> from_json(std::string_view);
template FATHOM_EXPORT Result<std::vector<MilestoneUpdate>> read_json(std::string_view);
template FATHOM_EXPORT Result<std::vector<MilestoneUpdate>> read_json_lines(std::string_view);
template FATHOM_EXPORT Result<std::vector<MilestoneUpdate>> read_csv(std::string_view);
template FATHOM_EXPORT std::string to_json(const CurrentPage&);
template FATHOM_EXPORT Result<CurrentPage> from_json(std::string_view);
template FATHOM_EXPORT Result<std::vector<CurrentPage>> read_json(std::string_view);
template FATHOM_EXPORT Result<std::vector<CurrentPage>> read_json_lines(std::string_view);
template FATHOM_EXPORT Result<std::vector<CurrentPage>> read_csv(std::string_view);
template FATHOM_EXPORT std::string to_json(const CurrentReferrer&);
template FATHOM_EXPORT Result<CurrentReferrer> from_json(std::string_view);
template FATHOM_EXPORT Result<std::vector<CurrentReferrer>> read_json(std::string_view);
template FATHOM_EXPORT Result<std::vector<CurrentReferrer>> read_json_lines(std::string_view);
template FATHOM_EXPORT Result<std::vector<CurrentReferrer>> read_csv(std::string_view);
template FATHOM_EXPORT std::string to_json(const CurrentVisitors&);
template FATHOM_EXPORT Result<CurrentVisitors> from_json(std::string_view);
template FATHOM_EXPORT Result<std::vector<CurrentVisitors>> read_json(std::string_view);
template FATHOM_EXPORT Result<std::vector<CurrentVisitors>> read_json_lines(std::string_view);
template FATHOM_EXPORT std::string to_json(const PageviewRow&);
template FATHOM_EXPORT Result<PageviewRow> from_json(std::string_view);
template FATHOM_EXPORT Result<std::vector<PageviewRow>> read_json(std::string_view);
template FATHOM_EXPORT Result<std::vector<PageviewRow>> read_json_lines(std::string_view);
template FATHOM_EXPORT Result<std::vector<PageviewRow>> read_csv(std::string_view);
template FATHOM_EXPORT std::string to_json(const EventRow&);
template FATHOM_EXPORT Result<EventRow> from_json(std::string_view);
template FATHOM_EXPORT Result<std::vector<EventRow>> read_json(std::string_view);
template FATHOM_EXPORT Result<std::vector<EventRow>> read_json_lines(std::string_view);
template FATHOM_EXPORT Result<std::vector<EventRow>> read_csv(std::string_view);

} // namespace fathom::inline v0_2

namespace fathom::detail {

template FATHOM_EXPORT std::string csv_header<Account>();
template FATHOM_EXPORT std::string csv_line(const Account&);
template FATHOM_EXPORT std::string csv_header<Token>();
template FATHOM_EXPORT std::string csv_line(const Token&);
template FATHOM_EXPORT std::string csv_header<Site>();
template FATHOM_EXPORT std::string csv_line(const Site&);
template FATHOM_EXPORT std::string csv_header<SiteCreate>();
template FATHOM_EXPORT std::string csv_line(const SiteCreate&);
template FATHOM_EXPORT std::string csv_header<SiteUpdate>();
template FATHOM_EXPORT std::string csv_line(const SiteUpdate&);
template FATHOM_EXPORT std::string csv_header<Event>();
template FATHOM_EXPORT std::string csv_line(const Event&);
template FATHOM_EXPORT std::string csv_header<EventCreate>();
template FATHOM_EXPORT std::string csv_line(const EventCreate&);
template FATHOM_EXPORT std::string csv_header<EventUpdate>();
template FATHOM_EXPORT std::string csv_line(const EventUpdate&);
template FATHOM_EXPORT std::string csv_header<Milestone>();
template FATHOM_EXPORT std::string csv_line(const Milestone&);
template FATHOM_EXPORT std::string csv_header<MilestoneCreate>();
template FATHOM_EXPORT std::string csv_line(const MilestoneCreate&);
template FATHOM_EXPORT std::string csv_header<MilestoneUpdate>();
template FATHOM_EXPORT std::string csv_line(const MilestoneUpdate&);
template FATHOM_EXPORT std::string csv_header<CurrentPage>();
template FATHOM_EXPORT std::string csv_line(const CurrentPage&);
template FATHOM_EXPORT std::string csv_header<CurrentReferrer>();
template FATHOM_EXPORT std::string csv_line(const CurrentReferrer&);

} // namespace fathom::detail
