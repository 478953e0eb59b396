/// @file
/// One request with what came of it, as a line of a recording.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>

#include <fathom/http.hpp>
#include <fathom/transport.hpp>

#include "redaction.hpp"

namespace fathom::detail::recording {

/// A request, and when it was sent.
struct Sent {
    std::chrono::system_clock::time_point at{}; ///< By the calendar.
    Transport::Clock::time_point started{};     ///< By the clock that durations are counted in.
    std::int64_t number = 0;                    ///< Grows with each request; see Numbers.
    HttpMethod method = HttpMethod::get;
    std::string url{};
    std::string body{};
};

/// Numbers requests as they are sent, for lines are written as answers come: microseconds since 1970, so that several clients
/// and runs may write to one file, but always more than the last, whatever the calendar does.
class Numbers {
public:
    [[nodiscard]] std::int64_t next(std::chrono::system_clock::time_point now) noexcept {
        const auto time = std::chrono::floor<std::chrono::microseconds>(now).time_since_epoch().count();
        last_ = std::max<std::int64_t>(time, last_ + 1);
        return last_;
    }

private:
    std::int64_t last_ = 0;
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
