#include <fathom/cache.hpp>
#include <fathom/call_options.hpp>
#include <fathom/history.hpp>
#include <fathom/pagination.hpp>
#include <fathom/rate_limit.hpp>

namespace fathom::inline v0_2 {

std::string_view to_string(CacheUse use) noexcept { return use == CacheUse::refresh ? "refresh" : "allowed"; }

std::string_view to_string(WhenLimited choice) noexcept { return choice == WhenLimited::fail ? "fail" : "wait"; }

std::string_view to_string(Priority priority) noexcept {
    return priority == Priority::interactive ? "interactive" : "background";
}

std::string_view to_string(Direction direction) noexcept {
    return direction == Direction::backward ? "backward" : "forward";
}

std::string_view to_string(LimitSharing choice) noexcept { return choice == LimitSharing::none ? "none" : "process"; }

std::string_view to_string(WhenIncomplete choice) noexcept { return choice == WhenIncomplete::mark ? "mark" : "fail"; }

std::string_view to_string(PermitUse use) noexcept {
    switch (use) {
    case PermitUse::answered: return "answered";
    case PermitUse::abandoned: return "abandoned";
    case PermitUse::never_sent: return "never_sent";
    }
    return "abandoned";
}

} // namespace fathom::inline v0_2
