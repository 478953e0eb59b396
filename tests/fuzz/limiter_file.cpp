// Any file is a limiter's, or is left alone; what is then written to it is found again, wherever its writer is killed.
#include <algorithm>
#include <chrono>
#include <string>

#include "core/permit_pool.hpp"
#include "limiters/limiter_repair.hpp"
#include "limiters/limiter_state.hpp"
#include "limiters/two_copies.hpp"
#include "require.hpp"

namespace {

using namespace fathom;
using namespace std::chrono_literals;

void overwrite(std::string& file, std::string_view text, std::size_t offset) {
    file.resize(std::max(file.size(), offset + text.size()));
    file.replace(offset, text.size(), text);
}

/// The file after the first so many bytes of that were written.
std::string written(std::string file, const detail::TwoCopies& copies, detail::NextCopy next, std::size_t bytes) {
    if (next.outdated) overwrite(file, detail::outdated_copy, *next.outdated);
    overwrite(file, std::string_view(next.text).substr(0, bytes), next.offset);
    if (!copies.newest) file.resize(bytes);
    return file;
}

void write_to(const std::string& file) {
    constexpr std::string_view content = "what is written";
    const detail::TwoCopies copies = detail::find_copies(file);
    if (copies.is_foreign) return;
    const detail::NextCopy next = detail::next_copy(copies, content);
    const std::string whole = written(file, copies, next, next.text.size());
    const detail::TwoCopies found = detail::find_copies(whole);
    fuzz::require(found.newest && found.newest->content == content, "what was written is found");
    if (!copies.newest) return;
    const std::string torn = written(file, copies, next, next.text.size() / 2);
    const detail::TwoCopies left = detail::find_copies(torn);
    fuzz::require(left.newest && left.newest->content == copies.newest->content, "a torn write leaves what was before");
}

/// Repairs and pools work with whatever the file says.
void put_to_use(detail::LimiterState state) {
    const RateLimits limits;
    const detail::PermitPool::TimePoint now{24h};
    detail::keep_to_limits(state, limits, now);
    detail::count_lost_change(state, limits, now);
    for (const auto& said : state.pools) {
        detail::PermitPool pool(limits.reports, 1s, 0s);
        pool.restore(said);
        static_cast<void>(pool.acquire(now, 30s));
        static_cast<void>(pool.earliest(3, now));
        static_cast<void>(pool.free_permits(now));
    }
    detail::bring_to_this_boot(state, limits, now);
    detail::close_for_a_window(state, limits, now);
    for (std::size_t i = 0; i < state.pools.size(); ++i) {
        const auto a_window = detail::hold_of(limits, static_cast<LimitGroup>(i));
        fuzz::require(state.pools[i].pace.paused_until <= now + a_window,
                      "a damaged file closes a group for a window at most");
    }
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes = fuzz::text_of(data, size);
    write_to(std::string(bytes));
    const auto state = detail::read_state(bytes);
    if (!state) return 0;
    const std::string text = detail::write_state(*state);
    const auto again = detail::read_state(text);
    fuzz::require(again.has_value(), "a state that was read can be written and read");
    fuzz::require(detail::write_state(*again) == text, "a state reads as it was written");
    put_to_use(*state);
    return 0;
}
