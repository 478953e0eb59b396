#include "limiters/limiter_state.hpp"

#include <gtest/gtest.h>

#include <string>

namespace fathom::detail {
namespace {

using namespace std::chrono_literals;

constexpr PermitPool::TimePoint now{500'000h}; // as far from its origin as the clock of Redis

LimiterState sample() {
    LimiterState state{.store_id = 7, .boot = "boot", .written_at = now};
    state.pools[0].last_id = 3;
    state.pools[0].in_flight = {{.id = 3, .sent_at = now - 1s, .ends_by = now + 29s, .beside = 2}};
    state.pools[0].returning = {now + 10s, now + 20s};
    state.pools[0].unserved = {now + 20s};
    state.tickets[1] = {
        {.client = 9, .calls = 4, .oldest_since = now - 3s, .newest_since = now - 2s, .comes_by = now + 1s}};
    return state;
}

/// The text with one number in place of another, which it holds once.
std::string with(std::string text, const std::string& number, const std::string& other) {
    const std::size_t at = text.find(" " + number + " ");
    EXPECT_NE(at, std::string::npos) << number << " is not in " << text;
    return text.replace(at + 1, number.size(), other);
}

TEST(LimiterState, ReadsBackWhatItWrites) {
    const std::string text = write_state(sample());
    const auto read = read_state(text);
    ASSERT_TRUE(read) << text;
    EXPECT_EQ(write_state(*read), text);
    EXPECT_EQ(read->written_at, now);
    EXPECT_EQ(read->pools[0].in_flight.at(0).ends_by, now + 29s);
    EXPECT_EQ(read->pools[0].returning, sample().pools[0].returning);
    EXPECT_EQ(read->tickets[1].at(0).newest_since, now - 2s);
}

TEST(LimiterState, ReadsBackAPauseAndPermitsOfOneGroupAlone) {
    const PermitPool::TimePoint start{1h};
    LimiterState state{.store_id = 5, .boot = "a-boot", .written_at = start};
    state.pools[0].last_id = 7;
    state.pools[1].pace.paused_until = start + 3s;
    state.pools[1].in_flight = {{7, start, start + 1s, 1}, {8, start - 1s, start + 2s, 2}};
    state.pools[1].returning = {start, start + 1s};
    state.pools[1].unserved = {start};
    const auto read = read_state(write_state(state));
    ASSERT_TRUE(read);
    EXPECT_EQ(write_state(*read), write_state(state));
    EXPECT_EQ(read->pools[1].pace.paused_until, start + 3s);
    EXPECT_EQ(read->pools[1].in_flight[1].sent_at, start - 1s);
    EXPECT_EQ(read->boot, "a-boot");
}

TEST(LimiterState, ReadsNoTimeThatSumsOfTimesCannotHold) {
    const std::string text = write_state(sample());
    const std::string far = "9223372036854775807";
    EXPECT_FALSE(read_state(with(text, "10000000000", far))) << "a permit's return";
    EXPECT_FALSE(read_state(with(text, "-1000000000", "-" + far))) << "the sending of a permit";
    EXPECT_FALSE(read_state(with(text, "29000000000", far))) << "the end of an attempt";
    EXPECT_FALSE(read_state(with(text, "-3000000000", far))) << "a ticket's age";
    EXPECT_FALSE(read_state(with(text, std::to_string(std::chrono::nanoseconds(500'000h).count()), far)))
        << "the clock";
}

TEST(LimiterState, WritesNoTimeThatItDoesNotRead) {
    LimiterState state = sample();
    state.pools[0].in_flight[0].ends_by = PermitPool::TimePoint::max();
    state.pools[0].in_flight[0].sent_at = {};
    state.pools[0].returning.push_back(now + 20 * 365 * 24h);
    const auto read = read_state(write_state(state));
    ASSERT_TRUE(read);
    EXPECT_GT(read->pools[0].in_flight[0].ends_by, now + 365 * 24h);
}

TEST(LimiterState, ReadsNothingElse) {
    const std::string text = write_state(sample());
    EXPECT_FALSE(read_state(""));
    EXPECT_FALSE(read_state("x" + text));
    EXPECT_FALSE(read_state(text.substr(0, text.size() / 2)));
    EXPECT_FALSE(read_state(with(text, "1 3", "18446744073709551615 3"))) << "more permits than there is text";
}

} // namespace
} // namespace fathom::detail
