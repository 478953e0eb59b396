/// @file
/// Writes what a client does as lines of JSON to the standard error stream, one per event.
#pragma once

#include <fathom/observer.hpp>

/// A bridge from the client's events to a log. In place of the stream, it could feed spdlog or OpenTelemetry's SDK.
class JsonLines final : public fathom::Observer {
public:
    void limiter_waited(const fathom::LimiterWaited& event) noexcept override;
    void attempt_ended(const fathom::AttemptEnded& event) noexcept override;
    void retry_scheduled(const fathom::RetryScheduled& event) noexcept override;
    void call_ended(const fathom::CallEnded& event) noexcept override;
};
