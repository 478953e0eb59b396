#include <fathom/log.hpp>

#include <chrono>
#include <memory>
#include <ostream>
#include <string>
#include <utility>

#include "../text/plain_text.hpp"

namespace fathom::inline v0_2 {

namespace {

constexpr std::size_t longest_path = 200;

std::string ms(std::chrono::nanoseconds duration) {
    return std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(duration).count());
}

std::string line_about(const ObservedCall& call) {
    std::string line = "fathom call=" + std::to_string(call.id);
    line.append(" op=").append(call.operation);
    line.append(" ").append(to_string(call.method));
    line.append(" ").append(detail::one_line(call.url_path, longest_path));
    return line;
}

void append_outcome(std::string& line, int status, std::optional<ErrorKind> error) {
    if (status != 0) line.append(" status=").append(std::to_string(status));
    if (error) line.append(" error=").append(to_string(*error));
}

/// Writes a line for each event, and passes it on.
class LogObserver final : public Observer {
public:
    LogObserver(std::ostream& out, LogLevel level, std::shared_ptr<Observer> next)
        : out_(out), is_debug_(level == LogLevel::debug), next_(next ? std::move(next) : std::make_shared<Observer>()) {
    }

    void call_started(const CallStarted& event) override { next_->call_started(event); }
    void limiter_wait_started(const LimiterWaitStarted& event) override {
        write(line_about(event.call) + " waits for the limit, ms=" + ms(event.expected));
        next_->limiter_wait_started(event);
    }
    void limiter_waited(const LimiterWaited& event) override {
        if (is_debug_) write(line_about(event.call) + " has waited for the limit, ms=" + ms(event.duration));
        next_->limiter_waited(event);
    }
    void attempt_started(const AttemptStarted& event) override {
        if (is_debug_) write(line_about(event.call) + " attempt=" + std::to_string(event.attempt) + " sent");
        next_->attempt_started(event);
    }
    void attempt_ended(const AttemptEnded& event) override {
        if (is_debug_) {
            std::string line = line_about(event.call) + " attempt=" + std::to_string(event.attempt);
            append_outcome(line, event.status, event.error_type);
            write(line + " bytes=" + std::to_string(event.response_body_size) + " ms=" + ms(event.duration));
        }
        next_->attempt_ended(event);
    }
    void retry_scheduled(const RetryScheduled& event) override {
        if (is_debug_) {
            write(line_about(event.call) + " attempt=" + std::to_string(event.attempt) +
                  " failed, error=" + std::string(to_string(event.reason)) + "; again in ms=" + ms(event.pause));
        }
        next_->retry_scheduled(event);
    }
    void drift_found(const DriftFound& event) override {
        write(line_about(event.call) + " unexpected at " + detail::one_line(event.path, longest_path));
        next_->drift_found(event);
    }
    void call_ended(const CallEnded& event) override {
        std::string line = line_about(event.call);
        append_outcome(line, event.status, event.error_type);
        write(line + " attempts=" + std::to_string(event.attempts) + " ms=" + ms(event.duration));
        next_->call_ended(event);
    }
    [[nodiscard]] std::shared_ptr<const void> caller_context() const override { return next_->caller_context(); }
    [[nodiscard]] bool wants_bodies() const noexcept override { return next_->wants_bodies(); }

private:
    /// In one piece, so that lines of several threads are not mixed.
    void write(std::string line) { out_ << line.append("\n") << std::flush; }

    std::ostream& out_;
    bool is_debug_;
    std::shared_ptr<Observer> next_; ///< One that does nothing where nobody comes next.
};

} // namespace

std::string_view to_string(LogLevel level) noexcept { return level == LogLevel::debug ? "debug" : "info"; }

std::shared_ptr<Observer> log_observer(std::ostream& out, LogLevel level, std::shared_ptr<Observer> next) {
    return std::make_shared<LogObserver>(out, level, std::move(next));
}

} // namespace fathom::inline v0_2
