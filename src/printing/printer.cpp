#include "printer.hpp"

#include <array>
#include <string>

#include "../text/number_text.hpp"
#include "../text/time_text.hpp"

namespace fathom::detail {

namespace {

void append_escaped(std::string& text, char character) {
    constexpr std::string_view digits = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(character);
    switch (character) {
    case '"': text.append("\\\""); break;
    case '\\': text.append("\\\\"); break;
    case '\n': text.append("\\n"); break;
    case '\t': text.append("\\t"); break;
    default:
        if (byte < 0x20 || byte == 0x7f) {
            text.append("\\u00").append(1, digits[byte >> 4U]).append(1, digits[byte & 0xfU]);
        } else {
            text.push_back(character);
        }
    }
}

} // namespace

void Printer::write(double value) { text_.append(number_text(value)); }

void Printer::write(std::string_view value) {
    text_.push_back('"');
    for (const char character : value) append_escaped(text_, character);
    text_.push_back('"');
}

void Printer::write_instant(std::chrono::sys_seconds value) { write(instant_text(value)); }
void Printer::write(std::chrono::local_seconds value) { write(wall_clock_text(value)); }
void Printer::write(std::chrono::year_month_day value) { write(date_text(value)); }

void Printer::write(std::chrono::weekday value) {
    constexpr std::array<std::string_view, 7> names{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                    "Thursday", "Friday", "Saturday"};
    write(value.ok() ? names.at(value.c_encoding()) : std::string_view("no weekday"));
}

void Printer::write(const ReportTime& time) {
    if (const auto instant = time.instant()) {
        write(*instant);
    } else {
        write(*time.wall_clock());
    }
}

void Printer::write(const ReportRange& range) {
    write(range.days());
    write(range.instants());
    write(range.relative());
}

void Printer::write(const HttpHeaders& headers) { write(headers.all()); }

void Printer::write(const HttpHeader& header) {
    begin_object();
    write_named(header.name, is_secret(header.name) ? hidden : std::string_view(header.value));
    end_object();
}

void Printer::write(const std::pair<std::string, std::string>& parameter) {
    begin_object();
    write_named(parameter.first, is_secret(parameter.first) ? hidden : std::string_view(parameter.second));
    end_object();
}

void Printer::write(const RowFields& fields) {
    begin_object();
    for (const Field& field : fields.names()) write_named(field.text(), fields[field]);
    end_object();
}

void Printer::write_member(std::string_view name, std::string_view value) {
    if (name == "body") {
        write_named("body_size", value.size());
    } else if (is_secret(name)) {
        write_named(name, hidden);
    } else if (name == "proxy" || name == "base_url" || name == "url") {
        write_named(name, without_credentials(value));
    } else {
        write_named(name, value);
    }
}

void Printer::separate() {
    const bool is_first = text_.empty() || text_.back() == '{' || text_.back() == '[' || text_.back() == ':';
    if (!is_first) text_.push_back(',');
}

} // namespace fathom::detail
