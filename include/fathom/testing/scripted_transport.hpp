/// @file
/// A transport with scripted answers in virtual time: tests of a program without network, server or waiting.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <fathom/export.hpp>
#include <fathom/http.hpp>
#include <fathom/transport.hpp>

/// What helps programs to test themselves.
namespace fathom::testing {

/// What comes back for one request.
struct ScriptedAnswer {
    int status = 200;                     ///< HTTP status.
    std::string body{};                   ///< Body.
    HttpHeaders headers{};                ///< Headers, for example Retry-After.
    std::chrono::milliseconds latency{0}; ///< Virtual time from the request to the answer.

    /// Member-wise equality.
    friend bool operator==(const ScriptedAnswer&, const ScriptedAnswer&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_TESTING_EXPORT std::ostream& operator<<(std::ostream& out, const ScriptedAnswer& value);
};

/// What goes wrong with one request.
struct ScriptedFailure {
    TransportError error{};               ///< Why there is no answer.
    std::chrono::milliseconds latency{0}; ///< Virtual time from the request to the failure.

    /// Member-wise equality.
    friend bool operator==(const ScriptedFailure&, const ScriptedFailure&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_TESTING_EXPORT std::ostream& operator<<(std::ostream& out, const ScriptedFailure& value);
};

/// A request that was made, and when.
struct RecordedCall {
    HttpRequest request;               ///< The request; its headers hold the API key of the test.
    Transport::Clock::time_point time; ///< Virtual time.

    /// Member-wise equality.
    friend bool operator==(const RecordedCall&, const RecordedCall&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_TESTING_EXPORT std::ostream& operator<<(std::ostream& out, const RecordedCall& value);
};

/// Answers requests from a script, and lets virtual time pass wherever a client would wait: ten minutes of limited
/// traffic take milliseconds. Give it to ClientOptions::transport. Answers are used in the order in which they were
/// added; where none is left, the responder is asked; without one, the request fails with ErrorKind::network.
///
/// @code
/// auto transport = std::make_shared<fathom::testing::ScriptedTransport>();
/// transport->then({.status = 503}).then({.body = R"({"id":"CDBUGS","name":"Shop"})"});
/// fathom::Client client{{.api_key = "test", .transport = transport}};
/// @endcode
class FATHOM_TESTING_EXPORT ScriptedTransport final : public Transport {
public:
    using Step = std::variant<ScriptedAnswer, ScriptedFailure>; ///< What happens to one request.

    ScriptedTransport();
    ~ScriptedTransport() override;

    /// Adds an answer to the script.
    ScriptedTransport& then(ScriptedAnswer answer);
    /// Adds a failure to the script.
    ScriptedTransport& then_fail(ScriptedFailure failure);
    /// Answers all requests that the script has no answer for.
    void respond_with(std::function<Step(const HttpRequest&)> responder);
    /// Called whenever virtual time has moved, before anything that is due happens: the place for a test to act in
    /// the middle of a call. Time then moves in steps of at most 100 ms.
    void on_time(std::function<void(Clock::time_point)> observer);

    /// All requests so far.
    [[nodiscard]] std::vector<RecordedCall> requests() const;
    /// How many attempts were given up by the client.
    [[nodiscard]] std::size_t aborted() const;
    /// Lets virtual time pass.
    void advance(std::chrono::nanoseconds duration);

    void start(TransferId id, const HttpRequest& request) override;
    bool abort(TransferId id) override;
    void poll(Clock::duration longest, std::vector<Transfer>& ended) override;
    void wake() noexcept override;
    [[nodiscard]] std::optional<Clock::time_point> next_due() const override;
    [[nodiscard]] Clock::time_point now() const override;
    /// Sets the date and time that virtual time has reached, for tests of what depends on the calendar. Clocks that count
    /// durations do not notice.
    void set_calendar(std::chrono::system_clock::time_point now);
    /// Virtual time as calendar time: it starts at 2026-01-01 00:00:00 UTC, or as set_calendar() says.
    [[nodiscard]] std::chrono::system_clock::time_point calendar_now() const override;

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace fathom::testing
