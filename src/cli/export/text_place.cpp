#include "text_place.hpp"

#include "../exit_code.hpp"
#include "times.hpp"

namespace fathom::cli {

namespace {

constexpr int format_version = 1;

Record record_of(const ExportSubject& subject) {
    Record record{{"site_id", subject.site}};
    if (!subject.event.empty()) record["event"] = subject.event;
    return record;
}

ExportSubject subject_of(const Record& record) {
    return {.site = record.at("site_id").get<std::string>(), .event = record.value("event", "")};
}

Record record_of(const ExportSubject& subject, const StoredPlace& place) {
    Record record = record_of(subject);
    record["first_day"] = text_of(place.begin);
    record["is_from_first_visit"] = place.is_from_first_visit;
    record["settled_until"] = text_of(place.settled_until);
    record["until"] = text_of(place.until);
    if (place.place) record["place"] = *place.place;
    return record;
}

StoredPlace stored_place(const Record& record) {
    StoredPlace place{.begin = std::chrono::floor<std::chrono::days>(time_of(record.at("first_day"))),
                      .is_from_first_visit = record.at("is_from_first_visit").get<bool>(),
                      .settled_until = time_of(record.at("settled_until")),
                      .until = time_of(record.at("until"))};
    if (record.contains("place")) place.place = record["place"].get<std::string>();
    return place;
}

Record record_of(const RecentLine& line) {
    Record record = record_of(line.subject);
    record["time"] = text_of(line.time);
    record["line"] = line.text;
    return record;
}

TextPlace read(const Record& record) {
    TextPlace place{.question = question_of(record.at("question")),
                    .settled = record.at("settled").get<std::uint64_t>(),
                    .check = record.at("check").get<std::uint64_t>()};
    for (const Record& each : record.at("places")) place.places[subject_of(each)] = stored_place(each);
    for (const Record& each : record.at("recent")) {
        place.recent.push_back({.subject = subject_of(each),
                                .time = time_of(each.at("time")),
                                .text = each.at("line").get<std::string>()});
    }
    return place;
}

} // namespace

std::string recent_text(const TextPlace& place) {
    std::string text;
    for (const RecentLine& line : place.recent) text += line.text;
    return text;
}

std::string to_text(const TextPlace& place) {
    Record record{{"fathom_export", format_version}, {"question", record_of(place.question)},
                  {"settled", place.settled},        {"check", place.check},
                  {"places", Record::array()},       {"recent", Record::array()}};
    for (const auto& [subject, stored] : place.places) record["places"].push_back(record_of(subject, stored));
    for (const RecentLine& line : place.recent) record["recent"].push_back(record_of(line));
    return record.dump(-1, ' ', false, Record::error_handler_t::replace) + '\n';
}

std::optional<TextPlace> text_place(const std::string& text) {
    const Record record = Record::parse(text, nullptr, false);
    if (!record.is_object() || !record.contains("fathom_export")) return std::nullopt;
    if (record["fathom_export"] != format_version) throw UsageError("it was made by a later version of this program");
    try {
        return read(record);
    } catch (const Record::exception& problem) {
        throw UsageError(std::string("it cannot be read: ") + problem.what());
    }
}

} // namespace fathom::cli
