#include <optional>
#include <ostream>
#include <string_view>

#include <fathom/observer.hpp>

#include "printer.hpp"

namespace fathom::inline v0_2 {

namespace {

/// An event as an object that begins with its call. The members of events that refer to a call cannot stand in a table,
/// since nothing points to a member that is a reference.
class EventText {
public:
    explicit EventText(const ObservedCall& call) {
        printer_.begin_object();
        printer_.write_named("call", call);
    }
    template <class T>
    EventText& with(std::string_view name, const T& value) {
        printer_.write_named(name, value);
        return *this;
    }
    template <class T>
    EventText& with(std::string_view name, const std::optional<T>& value) {
        return value ? with(name, *value) : *this;
    }
    std::ostream& print(std::ostream& out) {
        printer_.end_object();
        return out << printer_.text();
    }

private:
    detail::Printer printer_{};
};

} // namespace

std::ostream& operator<<(std::ostream& out, const CallStarted& value) { return EventText(value.call).print(out); }

std::ostream& operator<<(std::ostream& out, const LimiterWaitStarted& value) {
    return EventText(value.call)
        .with("expected", value.expected)
        .with("expected_until", value.expected_until)
        .with("pace", value.pace)
        .print(out);
}

std::ostream& operator<<(std::ostream& out, const LimiterWaited& value) {
    return EventText(value.call).with("duration", value.duration).print(out);
}

std::ostream& operator<<(std::ostream& out, const AttemptStarted& value) {
    return EventText(value.call)
        .with("attempt", value.attempt)
        .with("request_body_size", value.request_body_size)
        .print(out);
}

std::ostream& operator<<(std::ostream& out, const AttemptEnded& value) {
    return EventText(value.call)
        .with("attempt", value.attempt)
        .with("status", value.status)
        .with("error_type", value.error_type)
        .with("duration", value.duration)
        .with("response_body_size", value.response_body_size)
        .print(out);
}

std::ostream& operator<<(std::ostream& out, const RetryScheduled& value) {
    return EventText(value.call)
        .with("attempt", value.attempt)
        .with("reason", value.reason)
        .with("pause", value.pause)
        .print(out);
}

std::ostream& operator<<(std::ostream& out, const DriftFound& value) {
    return EventText(value.call).with("path", value.path).with("found", value.found).print(out);
}

std::ostream& operator<<(std::ostream& out, const CallEnded& value) {
    return EventText(value.call)
        .with("attempts", value.attempts)
        .with("status", value.status)
        .with("error_type", value.error_type)
        .with("duration", value.duration)
        .print(out);
}

} // namespace fathom::inline v0_2
