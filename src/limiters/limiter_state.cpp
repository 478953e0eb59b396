#include "limiter_state.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>

#include "../core/pace_text.hpp"

namespace fathom::detail {

namespace {

constexpr std::string_view title = "fathom-rate-limiter-2";

using Nanoseconds = std::chrono::nanoseconds;

std::int64_t to_number(PermitPool::TimePoint time) {
    return std::chrono::duration_cast<Nanoseconds>(time.time_since_epoch()).count();
}

PermitPool::TimePoint to_time(std::int64_t number) {
    return PermitPool::TimePoint(std::chrono::duration_cast<PermitPool::Clock::duration>(Nanoseconds(number)));
}

/// FNV-1a: guards against a torn write, not against malice.
std::uint64_t checksum(std::string_view text) {
    std::uint64_t hash = 14'695'981'039'346'656'037U;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211U;
    return hash;
}

/// Takes numbers, separated by white space, off a text; remembers whether one was missing.
class NumberReader {
public:
    explicit NumberReader(std::string_view text) : text_(text) {}

    template <class Number>
    Number next() {
        text_.remove_prefix(std::min(text_.find_first_not_of(" \n"), text_.size()));
        Number number{};
        const auto [end, failure] = std::from_chars(text_.data(), text_.data() + text_.size(), number);
        if (failure != std::errc{}) failed_ = true;
        text_.remove_prefix(static_cast<std::size_t>(end - text_.data()));
        return number;
    }
    /// A count of things that follow, which cannot be more than there is text.
    std::size_t next_count() {
        const auto count = next<std::size_t>();
        if (count > text_.size()) failed_ = true;
        return failed_ ? 0 : count;
    }
    /// The rest of the line.
    std::string_view line() {
        const std::string_view line = text_.substr(0, text_.find('\n'));
        text_.remove_prefix(line.size());
        return line;
    }
    void fail() noexcept { failed_ = true; }
    [[nodiscard]] bool has_failed() const noexcept { return failed_; }

private:
    std::string_view text_;
    bool failed_ = false;
};

void append(std::string& text, auto number) { text.append(std::to_string(number)).append(" "); }

void append(std::string& text, const std::deque<PermitPool::TimePoint>& times) {
    append(text, times.size());
    for (const auto time : times) append(text, to_number(time));
}

void append(std::string& text, const PermitPool::State& state) {
    append(text, state.last_id);
    append(text, state.in_flight.size());
    for (const auto& permit : state.in_flight) {
        append(text, permit.id);
        append(text, to_number(permit.sent_at));
        append(text, to_number(permit.ends_by));
        append(text, permit.beside);
    }
    append(text, state.returning);
    append(text, state.unserved);
    text.append(write_pace(state.pace, {})).append("\n");
}

std::deque<PermitPool::TimePoint> read_times(NumberReader& reader) {
    std::deque<PermitPool::TimePoint> times;
    for (std::size_t left = reader.next_count(); left > 0; --left) {
        times.push_back(to_time(reader.next<std::int64_t>()));
    }
    return times;
}

PermitPool::State read_state(NumberReader& reader) {
    PermitPool::State state;
    state.last_id = reader.next<std::uint64_t>();
    for (std::size_t left = reader.next_count(); left > 0; --left) {
        const auto id = reader.next<std::uint64_t>();
        const auto sent_at = to_time(reader.next<std::int64_t>());
        const auto ends_by = to_time(reader.next<std::int64_t>());
        state.in_flight.push_back({id, sent_at, ends_by, reader.next<std::size_t>()});
    }
    state.returning = read_times(reader);
    state.unserved = read_times(reader);
    const std::optional<Pace::State> pace = read_pace(reader.line(), {});
    if (!pace) reader.fail();
    state.pace = pace.value_or(Pace::State{});
    return state;
}

} // namespace

std::string write_states(const PoolStates& states) {
    std::string body;
    for (const PermitPool::State& state : states) append(body, state);
    return std::string(title) + " " + std::to_string(checksum(body)) + "\n" + body;
}

std::optional<PoolStates> read_states(std::string_view text) {
    const std::size_t line_end = text.find('\n');
    if (!text.starts_with(title) || line_end == std::string_view::npos) return std::nullopt;
    const std::string_view body = text.substr(line_end + 1);
    NumberReader head(text.substr(title.size(), line_end - title.size()));
    if (head.next<std::uint64_t>() != checksum(body) || head.has_failed()) return std::nullopt;

    NumberReader reader(body);
    PoolStates states;
    for (PermitPool::State& state : states) state = read_state(reader);
    if (reader.has_failed()) return std::nullopt;
    return states;
}

} // namespace fathom::detail
