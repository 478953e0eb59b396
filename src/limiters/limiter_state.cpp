#include "limiter_state.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>

#include "../core/pace_text.hpp"
#include "../core/saturated.hpp"

namespace fathom::detail {

namespace {

using Nanoseconds = std::chrono::nanoseconds;
using TimePoint = PermitPool::TimePoint;

/// A clock is no further from its origin: the one of Redis counts from 1970. Sums with longest_duration do not overflow.
constexpr std::chrono::hours furthest_clock{24 * 365 * 200};

/// Takes words, separated by white space, off a text; remembers whether one was missing.
class WordReader {
public:
    WordReader(std::string_view text, TimePoint origin) : text_(text), origin_(origin) {}

    std::string_view word() {
        text_.remove_prefix(std::min(text_.find_first_not_of(" \n"), text_.size()));
        const std::string_view word = text_.substr(0, text_.find_first_of(" \n"));
        text_.remove_prefix(word.size());
        if (word.empty()) failed_ = true;
        return word;
    }
    template <class Number>
    Number number() {
        Number number{};
        const std::string_view digits = word();
        const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
        if (failure != std::errc{} || end != digits.data() + digits.size()) failed_ = true;
        return number;
    }
    TimePoint time(Nanoseconds furthest = longest_duration) {
        const Nanoseconds since_origin{number<std::int64_t>()};
        if (since_origin < -furthest || since_origin > furthest) failed_ = true;
        if (failed_) return origin_;
        return origin_ + std::chrono::duration_cast<PermitPool::Clock::duration>(since_origin);
    }
    /// A count of things that follow, which cannot be more than there is text.
    std::size_t count() {
        const auto count = number<std::size_t>();
        if (count > text_.size()) failed_ = true;
        return failed_ ? 0 : count;
    }
    /// The rest of the line.
    std::string_view line() {
        const std::string_view line = text_.substr(0, text_.find('\n'));
        text_.remove_prefix(line.size());
        return line;
    }
    void set_origin(TimePoint origin) noexcept { origin_ = origin; }
    [[nodiscard]] TimePoint origin() const noexcept { return origin_; }
    void fail() noexcept { failed_ = true; }
    [[nodiscard]] bool has_failed() const noexcept { return failed_; }

private:
    std::string_view text_;
    TimePoint origin_;
    bool failed_ = false;
};

/// Puts words behind each other.
class WordWriter {
public:
    explicit WordWriter(TimePoint origin) : origin_(origin) {}

    void number(auto number) { text_.append(std::to_string(number)).append(" "); }
    void clock(TimePoint now) { number(std::chrono::duration_cast<Nanoseconds>(now.time_since_epoch()).count()); }
    void time(TimePoint time) { number(saturated(time - origin_).count()); }
    void times(const std::deque<TimePoint>& times) {
        number(times.size());
        for (const TimePoint at : times) time(at);
    }
    void line(std::string_view words) { text_.append(words).append("\n"); }
    [[nodiscard]] std::string take() { return std::move(text_); }

private:
    TimePoint origin_;
    std::string text_{};
};

void write_pool(WordWriter& writer, const PermitPool::State& pool, TimePoint origin) {
    writer.number(pool.last_id);
    writer.number(pool.in_flight.size());
    for (const auto& permit : pool.in_flight) {
        writer.number(permit.id);
        writer.time(permit.sent_at);
        writer.time(permit.ends_by);
        writer.number(permit.beside);
    }
    writer.times(pool.returning);
    writer.times(pool.unserved);
    writer.line(write_pace(pool.pace, origin));
}

std::deque<TimePoint> read_times(WordReader& reader) {
    std::deque<TimePoint> times;
    for (std::size_t left = reader.count(); left > 0; --left) times.push_back(reader.time());
    return times;
}

PermitPool::State read_pool(WordReader& reader) {
    PermitPool::State pool;
    pool.last_id = reader.number<std::uint64_t>();
    for (std::size_t left = reader.count(); left > 0; --left) {
        const auto id = reader.number<std::uint64_t>();
        const TimePoint sent_at = reader.time();
        const TimePoint ends_by = reader.time();
        pool.in_flight.push_back({id, sent_at, ends_by, reader.number<std::size_t>()});
    }
    pool.returning = read_times(reader);
    pool.unserved = read_times(reader);
    const std::optional<Pace::State> pace = read_pace(reader.line(), reader.origin());
    if (!pace) reader.fail();
    pool.pace = pace.value_or(Pace::State{});
    return pool;
}

void write_tickets(WordWriter& writer, const std::vector<Ticket>& tickets) {
    writer.number(tickets.size());
    for (const Ticket& ticket : tickets) {
        writer.number(ticket.client);
        writer.number(ticket.calls);
        writer.time(ticket.oldest_since);
        writer.time(ticket.newest_since);
        writer.time(ticket.comes_by);
    }
    writer.line("");
}

std::vector<Ticket> read_tickets(WordReader& reader) {
    std::vector<Ticket> tickets(reader.count());
    for (Ticket& ticket : tickets) {
        ticket.client = reader.number<std::uint64_t>();
        ticket.calls = reader.number<std::size_t>();
        ticket.oldest_since = reader.time();
        ticket.newest_since = reader.time();
        ticket.comes_by = reader.time();
    }
    return tickets;
}

} // namespace

std::string write_state(const LimiterState& state) {
    WordWriter writer(state.written_at);
    writer.number(state.store_id);
    writer.clock(state.written_at);
    writer.line(state.boot);
    for (const PermitPool::State& pool : state.pools) write_pool(writer, pool, state.written_at);
    for (const std::vector<Ticket>& tickets : state.tickets) write_tickets(writer, tickets);
    return writer.take();
}

std::optional<LimiterState> read_state(std::string_view text) {
    WordReader reader(text, TimePoint{});
    LimiterState state;
    state.store_id = reader.number<std::uint64_t>();
    state.written_at = reader.time(furthest_clock);
    state.boot = reader.word();
    reader.set_origin(state.written_at);
    for (PermitPool::State& pool : state.pools) pool = read_pool(reader);
    for (std::vector<Ticket>& tickets : state.tickets) tickets = read_tickets(reader);
    if (reader.has_failed()) return std::nullopt;
    return state;
}

} // namespace fathom::detail
