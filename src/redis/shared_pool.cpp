#include "shared_pool.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace fathom::redis::detail {

namespace {

/// Longest that a limit stays closed which Redis does not know. A limit of an hour that were closed for an hour after each
/// restart of Redis would cost more than it saves: so much is hardly ever used up, and living clients tell what they sent.
constexpr std::chrono::minutes longest_closing_of_unknown{2};

std::string microseconds(RateLimiter::Clock::duration duration) {
    return std::to_string(std::chrono::ceil<std::chrono::microseconds>(duration).count());
}

RateLimit local_limit(LimitGroup group, const RedisOptions& options, const RateLimits& limits) {
    const std::size_t share =
        group == LimitGroup::reports ? options.local_share.reports : options.local_share.resources;
    return {.requests = std::max<std::size_t>(share, 1), .window = limits.of(group).window};
}

bool has_local_share(LimitGroup group, const RedisOptions& options) {
    return options.on_loss == OnLoss::use_local_share &&
           (group == LimitGroup::reports ? options.local_share.reports : options.local_share.resources) > 0;
}

} // namespace

SharedPool::SharedPool(LimitGroup group, std::string client, const RedisOptions& options, const RateLimits& limits)
    : limit_(std::max<std::size_t>(limits.of(group).requests, 1)), may_go_alone_(has_local_share(group, options)),
      client_(std::move(client)), own_(local_limit(group, options, limits), limits.margin, limits.late_arrival) {
    // The braces keep the keys of a group on one node of a cluster.
    const std::string start = options.name + ":{" + options.name + ":" + std::string(to_string(group)) + "}:";
    keys_ = {start + "permits", start + "facts"};
}

Result<RateLimiter::Admission> SharedPool::acquire(Connection& redis, TimePoint now, Clock::duration longest) {
    forget_returned(redis, now);
    const auto answer = take(redis, now, longest);
    if (const auto* lost = std::get_if<Lost>(&answer))
        return acquire_alone(*lost, redis.tries_again_at(), now, longest);

    const auto& numbers = std::get<Connection::Numbers>(answer);
    const bool is_granted = numbers[0] == 1;
    if (!is_granted) {
        denied_until_ = now + std::chrono::microseconds(numbers[1]) + std::chrono::microseconds(1);
        return RateLimiter::Denied{denied_until_};
    }
    const RateLimiter::Permit permit = own_.record(now, longest);
    const auto lapses_at = now + longest + own_.hold_after(PermitUse::abandoned);
    held_.insert_or_assign(permit.id, Held{.until = lapses_at, .told_on = redis.generation(), .is_in_redis = true});
    return permit;
}

void SharedPool::release(Connection& redis, RateLimiter::Permit permit, PermitUse use, TimePoint now) {
    const auto found = held_.find(permit.id);
    if (found == held_.end() || !found->second.is_under_way) return; // told twice
    own_.release(permit, use, now);
    found->second.until = now + own_.hold_after(use);
    found->second.is_under_way = false;
    found->second.told_on = 0;
    if (use == PermitUse::never_sent) denied_until_ = now; // it can be taken again at once
    static_cast<void>(tell(redis, now));
}

void SharedPool::close(Connection& redis, TimePoint until, TimePoint now) {
    own_.close(until);
    closed_until_ = std::max(closed_until_, until);
    is_closing_told_ = false;
    static_cast<void>(tell(redis, now));
}

SharedPool::TimePoint SharedPool::earliest(std::size_t ahead, TimePoint now) const {
    const auto rounds = static_cast<Clock::rep>(ahead / limit_);
    return std::max(now, denied_until_) + own_.hold_after(PermitUse::answered) * rounds;
}

std::size_t SharedPool::free_permits(Connection& redis, TimePoint now) {
    const bool may_ask = !tell(redis, now);
    const std::variant<Connection::Numbers, Lost> answer =
        may_ask ? run(redis, "count", {std::to_string(limit_)}, 1) : Lost{};
    if (const auto* numbers = std::get_if<Connection::Numbers>(&answer))
        return static_cast<std::size_t>(numbers->at(0));
    return may_go_alone_ ? own_.free_permits(now) : 0;
}

Result<RateLimiter::Admission> SharedPool::acquire_alone(const Lost& lost, TimePoint retry_at, TimePoint now,
                                                         Clock::duration longest) {
    if (!may_go_alone_) {
        return Error{.kind = ErrorKind::network, .message = "the shared rate limiter " + lost.why};
    }
    const RateLimiter::Admission admission = own_.acquire(now, longest);
    if (!admission.permit) {
        // Redis may be back, and have more, long before that.
        denied_until_ = std::clamp(retry_at, now + std::chrono::milliseconds(1), admission.try_again_at);
        return RateLimiter::Denied{denied_until_};
    }
    held_.insert_or_assign(admission.permit->id, Held{.until = now + longest + own_.hold_after(PermitUse::abandoned)});
    return admission;
}

/// The permit is named before it is taken: should the answer be lost, the next one has the same name, and none is lost.
std::variant<Connection::Numbers, Lost> SharedPool::take(Connection& redis, TimePoint now, Clock::duration longest) {
    if (std::optional<Lost> lost = tell(redis, now)) return *std::move(lost);
    const std::uint64_t next = own_.state().last_id + 1;
    return run(redis, "take",
               {name_of(next), std::to_string(limit_), microseconds(longest + own_.hold_after(PermitUse::abandoned))},
               2);
}

/// Tells Redis whatever it may not know: on a new connection all, since the server may have forgotten.
/// @return why that was not possible
std::optional<Lost> SharedPool::tell(Connection& redis, TimePoint now) {
    if (std::optional<Lost> lost = redis.connect()) return lost;
    const auto is_untold = [&](const auto& entry) { return entry.second.told_on != redis.generation(); };
    const bool has_just_connected = met_on_ != redis.generation();
    const bool tells_closing = closed_until_ > now && (!is_closing_told_ || has_just_connected);
    if (!tells_closing && std::ranges::none_of(held_, is_untold)) return std::nullopt;

    std::vector<std::string> arguments{tells_closing ? microseconds(closed_until_ - now) : "0"};
    for (const auto& entry : held_) {
        if (!is_untold(entry)) continue;
        arguments.push_back(name_of(entry.first));
        arguments.push_back(microseconds(std::max(entry.second.until - now, Clock::duration::zero())));
    }
    auto answer = run(redis, "tell", std::move(arguments), 1);
    if (auto* lost = std::get_if<Lost>(&answer)) return std::move(*lost);
    is_closing_told_ = true;
    for (auto& [permit, held] : held_) {
        held.told_on = redis.generation();
        held.is_in_redis = true;
    }
    return std::nullopt;
}

std::variant<Connection::Numbers, Lost> SharedPool::run(Connection& redis, const char* operation,
                                                        std::vector<std::string> arguments,
                                                        std::size_t expected_numbers) {
    // Whoever held a permit when the server was lost tells of its end, or has died: then it arrived soon or never.
    const Clock::duration closed_if_unknown =
        std::min<Clock::duration>(own_.hold_after(PermitUse::abandoned), longest_closing_of_unknown);
    const bool has_just_connected = met_on_ != redis.generation();
    std::vector<std::string> words{operation, microseconds(closed_if_unknown), has_just_connected ? "1" : "0"};
    std::ranges::move(arguments, std::back_inserter(words));
    auto answer = redis.run_script(keys_, words, expected_numbers);
    if (std::holds_alternative<Connection::Numbers>(answer)) met_on_ = redis.generation();
    return answer;
}

std::string SharedPool::name_of(std::uint64_t permit) const { return client_ + ":" + std::to_string(permit); }

/// What Redis knows of it forgets at the same time, unless it was not told how early that is.
void SharedPool::forget_returned(const Connection& redis, TimePoint now) {
    std::erase_if(held_, [&](const auto& entry) {
        const Held& held = entry.second;
        return held.until <= now && (!held.is_in_redis || held.told_on == redis.generation());
    });
}

} // namespace fathom::redis::detail
