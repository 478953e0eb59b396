/// @file
/// One request with what came of it, as a line of a recording.
#pragma once

#include <chrono>
#include <string>

#include <fathom/http.hpp>
#include <fathom/transport.hpp>

#include "redaction.hpp"

namespace fathom::detail::recording {

/// A request, and when it was sent.
struct Sent {
    std::chrono::system_clock::time_point at{}; ///< By the calendar.
    Transport::Clock::time_point started{};     ///< By the clock that durations are counted in.
    HttpMethod method = HttpMethod::get;
    std::string url{};
    std::string body{};
};

/// Lines of JSON with an end of line, without what the redaction hides. `***` stands for what it hid.
[[nodiscard]] std::string line_of(const Sent& sent, std::chrono::milliseconds duration, const HttpResponse& answer,
                                  const Redaction& redaction);
[[nodiscard]] std::string line_of(const Sent& sent, std::chrono::milliseconds duration, const TransportError& failure,
                                  const Redaction& redaction);
/// Of a request that the client gave up.
[[nodiscard]] std::string line_of_given_up(const Sent& sent, std::chrono::milliseconds duration,
                                           const Redaction& redaction);

} // namespace fathom::detail::recording
