#include "http_writer.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "text_order.hpp"

namespace fathom::testing::detail {
namespace {

std::string two_digits(long value) { return (value < 10 ? "0" : "") + std::to_string(value); }

// `Sun, 06 Nov 1994 08:49:37 GMT`, by the machine's clock: connections live in real time, whatever the emulator's says.
std::string http_date() {
    constexpr std::array<const char*, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const auto day = std::chrono::floor<std::chrono::days>(now);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{now - day};
    return std::string(days[std::chrono::weekday{day}.c_encoding()]) + ", " +
           two_digits(static_cast<long>(static_cast<unsigned>(date.day()))) + " " +
           months[static_cast<unsigned>(date.month()) - 1] + " " + std::to_string(static_cast<int>(date.year())) + " " +
           two_digits(static_cast<long>(clock.hours().count())) + ":" +
           two_digits(static_cast<long>(clock.minutes().count())) + ":" +
           two_digits(static_cast<long>(clock.seconds().count())) + " GMT";
}

bool has_header(const Answer& answer, std::string_view name) {
    return std::ranges::any_of(answer.headers, [&](const auto& header) { return lower_case(header.first) == name; });
}

void add_header(std::string& head, std::string_view name, std::string_view value) {
    head.append(name).append(": ").append(value).append("\r\n");
}

// These statuses never have a body, and must not announce one.
bool is_bodiless(int status) { return status < 200 || status == 204 || status == 304; }

std::string head_of(const Answer& answer, const Writing& writing, std::size_t body_size) {
    std::string head = "HTTP/1.1 " + std::to_string(answer.status) + " " + reason_phrase(answer.status) + "\r\n";
    if (!has_header(answer, "date")) add_header(head, "Date", http_date());
    for (const auto& [name, value] : answer.headers) add_header(head, name, value);
    if (body_size > 0 && !has_header(answer, "content-type")) add_header(head, "Content-Type", answer.content_type);
    const bool announces = !is_bodiless(answer.status) && !has_header(answer, "content-length");
    if (announces) add_header(head, "Content-Length", std::to_string(body_size));
    if (!writing.keep_alive) add_header(head, "Connection", "close");
    return head + "\r\n";
}

} // namespace

bool write_answer(fathom::detail::TcpConnection& connection, const Answer& answer, const Writing& writing,
                  StopSignal& stop) {
    std::string_view body = answer.body;
    if (writing.ending == Ending::half_body) body = body.substr(0, body.size() / 2);
    if (is_bodiless(answer.status)) body = {};
    const std::string head = head_of(answer, writing, body.size());
    if (!writing.has_body || body.empty()) return connection.write_all(head);

    const bool is_whole = writing.ending != Ending::inside_body;
    const auto no_pause = std::chrono::milliseconds::zero();
    if (is_whole && writing.pause_inside_body <= no_pause) return connection.write_all(head + std::string{body});
    const std::size_t half = body.size() / 2;
    if (!connection.write_all(head + std::string{body.substr(0, half)})) return false;
    if (writing.pause_inside_body > no_pause && !stop.sleep(writing.pause_inside_body)) return false;
    return is_whole && connection.write_all(body.substr(half));
}

} // namespace fathom::testing::detail
