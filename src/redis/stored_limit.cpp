#include "stored_limit.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "../limiters/limiter_repair.hpp"

namespace fathom::redis::detail {

namespace {

using std::chrono::microseconds;

/// Longest that a limit stays closed which Redis does not know. A limit of an hour that were closed for an hour after each
/// restart of Redis would cost more than it saves: so much is hardly ever used up, and living clients tell what they sent.
constexpr std::chrono::minutes longest_closing_of_unknown{2};

/// What the script gives.
enum Word : std::size_t { is_written, server_time, run_of_server, version, correction, state, word_count };

/// Zero where that is no number.
std::int64_t number_of(const std::string& word) {
    std::int64_t number = 0;
    std::from_chars(word.data(), word.data() + word.size(), number);
    return number;
}

} // namespace

StoredLimit::StoredLimit(LimitGroup group, const RedisOptions& options, const RateLimits& limits)
    : group_(group), limits_(limits), keys_{options.name + ":" + std::string(to_string(group))}, pools_(limits) {}

std::optional<Lost> StoredLimit::update(Server& redis, const Change& change) {
    while (true) { // ends with the turn's time
        auto read = run(redis, {});
        if (auto* lost = std::get_if<Lost>(&read)) return std::move(*lost);
        const auto& found = std::get<Answer>(read);

        LimiterState next = state_;
        const auto number = static_cast<std::uint64_t>(number_of(version_)); // the id behind the colon is no part of it
        rename_next_permits(next);
        const bool adds_known = pools_.take_over(next, number, clock_.now());
        const bool is_changed = change(pools_[group_], pools_.tickets(group_), clock_.now());
        if (!is_changed && !adds_known && !found.must_write) {
            pools_.seen(next, number);
            return std::nullopt;
        }
        pools_.put_into(next);
        next.written_at = clock_.now();
        const std::string next_version = std::to_string(number + 1) + ":" + std::to_string(next.store_id);
        auto write = run(redis, {next_version, write_state(next), std::to_string(found.correction.count())});
        if (auto* lost = std::get_if<Lost>(&write)) return std::move(*lost);
        if (!std::get<Answer>(write).is_written) continue;
        version_ = next_version;
        state_ = std::move(next);
        pools_.seen(state_, number + 1);
        return std::nullopt;
    }
}

/// Asks for what is there, or writes if that is what was read last.
std::variant<StoredLimit::Answer, Lost> StoredLimit::run(Server& redis, std::vector<std::string> arguments) {
    if (std::optional<Lost> lost = redis.connect()) return *std::move(lost);
    const bool has_just_connected = met_on_ != redis.generation();
    if (has_just_connected) version_.clear(); // it may be another server
    std::vector<std::string> words{version_, has_just_connected ? "1" : "0"};
    std::ranges::move(arguments, std::back_inserter(words));

    ServerClock::Heard heard{.asked_at = redis.now()};
    auto given = redis.run_script(keys_, words, word_count);
    if (auto* lost = std::get_if<Lost>(&given)) return std::move(*lost);
    heard.answered_at = redis.now();
    heard.calendar = redis.calendar_now();
    const auto& answer_words = std::get<Server::Words>(given);

    Answer answer{.is_written = answer_words[is_written] == "1",
                  .correction = microseconds(number_of(answer_words[correction]))};
    if (answer.is_written) return answer;

    const microseconds before = answer.correction;
    answer.correction = clock_.hear(microseconds(number_of(answer_words[server_time])), answer.correction, heard);
    answer.must_write = answer.correction != before;
    if (answer_words[version] != version_ || version_.empty()) {
        auto read = fathom::detail::read_state(answer_words[state]);
        state_ = read ? *std::move(read) : fathom::detail::new_limiter_state(clock_.now());
        version_ = answer_words[version];
    }
    understand(answer, answer_words[run_of_server]);
    met_on_ = redis.generation();
    return answer;
}

/// Makes of the state what can be believed of it.
void StoredLimit::understand(Answer& answer, const std::string& run) {
    if (state_.written_at > clock_.now()) { // the clock was set back while nobody was there
        answer.correction += std::chrono::ceil<microseconds>(state_.written_at - clock_.now());
        answer.must_write = true;
        clock_.go_on_from(state_.written_at);
    }
    // A server that was restarted, wiped or replaced must not let a whole new limit through: what it knows may be nothing,
    // or old. Whoever held a permit meanwhile tells of its end, or has died: then it arrived soon or never.
    const bool is_another_server = state_.boot.empty() || (!run.empty() && run != state_.boot);
    if (is_another_server) {
        const auto longest =
            std::min<ServerClock::Clock::duration>(pool().hold_after(PermitUse::abandoned), longest_closing_of_unknown);
        fathom::detail::close_for_a_window(state_, limits_, clock_.now(), longest);
        state_.boot = run;
        answer.must_write = true;
    }
    if (fathom::detail::keep_to_limits(state_, limits_, clock_.now())) answer.must_write = true;
}

} // namespace fathom::redis::detail
