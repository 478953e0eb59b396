#include "checks.hpp"

#include <algorithm>

#include "../text/plain_text.hpp"

namespace fathom::detail {

namespace {

constexpr bool is_continuation(char c) noexcept { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t") == std::string_view::npos; }

} // namespace

bool is_valid_utf8(std::string_view text) noexcept {
    while (!text.empty()) {
        const std::size_t length = character_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

bool has_control_characters(std::string_view text) noexcept {
    return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7f'; });
}

std::size_t length_of(std::string_view text) noexcept {
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return !is_continuation(c); }));
}

void Checks::refuse(std::string_view field, std::string_view why) {
    wrong_.push_back({std::string(field), std::string(why)});
}

void Checks::opaque_id(std::string_view field, std::string_view value) {
    if (value.empty()) return refuse(field, "is empty; pass an id that the API gave");
    if (value.find_first_not_of('.') == std::string_view::npos) return refuse(field, "consists of dots only");
    text(field, value);
}

void Checks::name(std::string_view field, std::string_view value, std::size_t most_characters) {
    if (is_blank(value)) return refuse(field, "must not be empty");
    text(field, value);
    if (length_of(value) > most_characters) {
        refuse(field, "is longer than " + std::to_string(most_characters) + " characters");
    }
}

void Checks::text(std::string_view field, std::string_view value) {
    counted_text(field, value);
    require(!has_control_characters(value), field, "holds control characters");
}

void Checks::counted_text(std::string_view field, std::string_view value) {
    require(is_valid_utf8(value), field, "is not valid UTF-8");
}

void Checks::counted_name(std::string_view field, std::string_view value) {
    if (is_blank(value)) return refuse(field, "must not be empty");
    counted_text(field, value);
}

void Checks::timezone(std::string_view field, std::string_view value) {
    constexpr std::string_view allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/";
    const bool is_zone_name = !value.empty() && value.find_first_not_of(allowed) == std::string_view::npos;
    require(is_zone_name, field, "is not an IANA time zone name; write one such as America/New_York");
}

void Checks::past_date(std::string_view field, std::chrono::year_month_day value,
                       std::chrono::system_clock::time_point now) {
    using namespace std::chrono;
    if (!value.ok()) return refuse(field, "is an invalid date");
    const auto today_at_the_latest = floor<days>(now + hours{14}); // the zone furthest ahead
    require(sys_days{value} <= today_at_the_latest, field, "lies in the future, which the service refuses");
    require(value.year() >= year{1} && value.year() <= year{9999}, field, "must have a year of four digits");
}

std::optional<Error> Checks::error() const {
    if (wrong_.empty()) return std::nullopt;
    Error error{.kind = ErrorKind::invalid_argument, .operation = std::string(operation_)};
    for (const FieldError& field : wrong_) {
        if (!error.message.empty()) error.message.append("; ");
        error.message.append(field.field).append(": ").append(field.message);
    }
    error.fields = wrong_;
    return error;
}

} // namespace fathom::detail
