/// @file
/// Faults: what can go wrong between a client and the service, on demand.
#pragma once

#include <chrono>
#include <iosfwd>
#include <optional>
#include <string>

#include <fathom/export.hpp>
#include <fathom/testing/recorded_request.hpp>

namespace fathom::testing {

/// Whether the emulator does what a request asks although the answer is spoilt.
enum class Handling {
    skipped, ///< The request has no effect.
    done,    ///< The request has its effect, and is counted by the rate limits; only its answer is spoilt.
};
/// Writes the enumerator's name in C++.
FATHOM_TESTING_EXPORT std::ostream& operator<<(std::ostream& out, Handling value);

/// How an answer ends.
enum class Ending {
    complete,    ///< As announced.
    no_answer,   ///< The connection closes before a byte of the answer.
    inside_body, ///< The connection closes after half of the announced body.
    half_body,   ///< Only half of the body, announced as if it were all: broken JSON in sound HTTP.
};
/// Writes the enumerator's name in C++.
FATHOM_TESTING_EXPORT std::ostream& operator<<(std::ostream& out, Ending value);

/// What goes wrong. Start from a function in the namespace `faults`, and set members for what it doesn't say.
struct FATHOM_TESTING_EXPORT Fault {
    Handling handling = Handling::skipped; ///< Skipped with no `status` and no `body`: answers 500.
    std::chrono::milliseconds delay{0};    ///< Waited before the request is handled. In real time, whatever the clock.
    std::chrono::milliseconds pause_inside_body{0}; ///< Waited after half of the body.
    std::optional<int> status{};                    ///< Answered in place of the handler's status.
    std::optional<std::string> body{};              ///< Answered in place of the handler's body.
    std::optional<std::string> content_type{};      ///< Answered in place of the handler's content type.
    NamedValues headers{};                          ///< Added to the answer.
    Ending ending = Ending::complete;               ///< How the answer ends.

    /// Member-wise equality.
    friend bool operator==(const Fault&, const Fault&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_TESTING_EXPORT std::ostream& operator<<(std::ostream& out, const Fault& value);
};

/// When it goes wrong.
struct FATHOM_TESTING_EXPORT FaultSchedule {
    int times = 1;        ///< How many requests are hit; 0: all, until Emulator::clear_faults().
    int after = 0;        ///< How many matching requests pass unharmed before.
    RequestFilter only{}; ///< Which requests count.

    /// Member-wise equality.
    friend bool operator==(const FaultSchedule&, const FaultSchedule&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_TESTING_EXPORT std::ostream& operator<<(std::ostream& out, const FaultSchedule& value);
};

/// Ready-made faults, for Emulator::inject().
namespace faults {

/// An error status with the service's kind of body.
[[nodiscard]] FATHOM_TESTING_EXPORT Fault status(int status);
/// 429 with a Retry-After, or without one.
[[nodiscard]] FATHOM_TESTING_EXPORT Fault rate_limited(std::optional<std::chrono::seconds> retry_after);
/// 503 with a Retry-After.
[[nodiscard]] FATHOM_TESTING_EXPORT Fault unavailable(std::chrono::seconds retry_after);
/// The right answer, late.
[[nodiscard]] FATHOM_TESTING_EXPORT Fault delay(std::chrono::milliseconds delay);
/// The right answer, which stalls after half of its body.
[[nodiscard]] FATHOM_TESTING_EXPORT Fault stall(std::chrono::milliseconds pause);
/// No answer: the connection closes and the request had no effect.
[[nodiscard]] FATHOM_TESTING_EXPORT Fault drop_before_handling();
/// No answer: the connection closes although the request had its effect.
[[nodiscard]] FATHOM_TESTING_EXPORT Fault drop_after_handling();
/// The connection closes in the middle of the answer's body; the request had its effect.
[[nodiscard]] FATHOM_TESTING_EXPORT Fault drop_inside_body();
/// Half of the right answer in sound HTTP; the request had its effect.
[[nodiscard]] FATHOM_TESTING_EXPORT Fault truncated_json();
/// A success whose body is no JSON; the request had its effect.
[[nodiscard]] FATHOM_TESTING_EXPORT Fault malformed_json();
/// A page of HTML, with 200 as the service does for a key that can't reach a site.
[[nodiscard]] FATHOM_TESTING_EXPORT Fault html_page(int status = 200);
/// Whatever you like.
[[nodiscard]] FATHOM_TESTING_EXPORT Fault answer(int status, std::string body,
                                                 std::string content_type = "application/json");

} // namespace faults
} // namespace fathom::testing
