// What a limiter does that its author did not think of.
#include <fathom/rate_limit.hpp>

#include "saturated.hpp"

namespace fathom::inline v0_2 {

std::string_view to_string(LimitGroup group) noexcept { return group == LimitGroup::reports ? "reports" : "resources"; }

void RateLimiter::refused(LimitGroup group, Permit permit, std::optional<std::chrono::seconds> retry_after,
                          Clock::time_point now) {
    release(group, permit, PermitUse::answered, now);
    const std::chrono::seconds wait = retry_after.value_or(limits().of(group).window);
    close(group, now + detail::saturated(wait) + detail::saturated(limits().margin), now);
}

void RateLimiter::tighten(LimitGroup group, std::size_t remaining, Clock::time_point until, Clock::time_point now) {
    if (remaining == 0) close(group, until, now);
}

LimitPace RateLimiter::pace(LimitGroup group, Clock::time_point) const {
    return {.requests = limits().of(group).requests};
}

// NOLINTNEXTLINE(performance-unnecessary-value-param): limiters that use it keep it
std::shared_ptr<RateLimiter> RateLimiter::attach(Notice) { return nullptr; }

void RateLimiter::waiting(LimitGroup, std::size_t, Clock::time_point, Clock::time_point) {}

} // namespace fathom::inline v0_2
