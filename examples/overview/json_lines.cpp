#include "json_lines.hpp"

#include <iomanip>
#include <iostream>
#include <string>
#include <string_view>

namespace {

double in_seconds(std::chrono::nanoseconds duration) { return std::chrono::duration<double>(duration).count(); }

/// Starts a line, which the caller ends.
std::ostream& begin_line(std::string_view event, const fathom::ObservedCall& call) {
    return std::cerr << R"({"event":")" << event << R"(","call":)" << call.id << R"(,"operation":")" << call.operation
                     << '"';
}

void write_attributes(const fathom::Attributes& attributes) {
    for (const auto& [name, value] : attributes) std::cerr << ",\"" << name << "\":" << std::quoted(value);
}

} // namespace

void JsonLines::limiter_waited(const fathom::LimiterWaited& event) noexcept {
    begin_line("limiter_waited", event.call) << R"(,"duration":)" << in_seconds(event.duration) << "}\n";
}

void JsonLines::attempt_ended(const fathom::AttemptEnded& event) noexcept {
    begin_line("attempt_ended", event.call) << R"(,"http.client.request.duration":)" << in_seconds(event.duration);
    write_attributes(event.attributes());
    std::cerr << "}\n";
}

void JsonLines::retry_scheduled(const fathom::RetryScheduled& event) noexcept {
    begin_line("retry_scheduled", event.call)
        << R"(,"error.type":")" << event.reason << R"(","pause":)" << in_seconds(event.pause) << "}\n";
}

void JsonLines::call_ended(const fathom::CallEnded& event) noexcept {
    begin_line("call_ended", event.call) << R"(,"attempts":)" << event.attempts << R"(,"duration":)"
                                         << in_seconds(event.duration) << "}\n";
}
