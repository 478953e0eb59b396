#include "pace_text.hpp"

#include <charconv>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <limits>

#include "header_text.hpp"
#include "saturated.hpp"

namespace fathom::detail {

namespace {

/// Calls `use` with each member, in the order in which they are written.
void for_each_member(auto& state, auto use) {
    use(state.paused_until);
    use(state.round_began_at);
    use(state.last_sent_at);
    use(state.slowed_at);
    use(state.refused_rounds);
    use(state.is_probing);
    use(state.has_slowed);
    use(state.window);
    use(state.window_before);
    use(state.full_successes);
    use(state.window_patience);
    use(state.has_window_grown);
    use(state.requests);
    use(state.speed_patience);
    use(state.has_sped_up);
}

/// Takes members off a text, one after the other; remembers whether one was missing.
class MemberReader {
public:
    MemberReader(std::string_view text, Pace::TimePoint origin) noexcept : text_(text), origin_(origin) {}

    void operator()(Pace::TimePoint& time) noexcept {
        constexpr std::int64_t furthest = std::chrono::nanoseconds(longest_duration).count();
        const std::int64_t number = next();
        if (number < -furthest || number > furthest) failed_ = true;
        if (!failed_) time = origin_ + std::chrono::nanoseconds(number);
    }
    void operator()(bool& flag) noexcept { flag = next() != 0; }
    void operator()(std::uint32_t& count) noexcept {
        const std::int64_t number = next();
        if (number < 0 || number > std::numeric_limits<std::uint32_t>::max()) failed_ = true;
        count = static_cast<std::uint32_t>(number);
    }

    [[nodiscard]] bool is_complete() const noexcept { return !failed_ && trimmed(text_).empty(); }

private:
    std::int64_t next() noexcept {
        std::int64_t number = 0;
        const std::string_view item = take_list_item(text_, ' ');
        const auto [end, problem] = std::from_chars(item.data(), item.data() + item.size(), number);
        if (problem != std::errc{} || end != item.data() + item.size()) failed_ = true;
        return number;
    }

    std::string_view text_;
    Pace::TimePoint origin_;
    bool failed_ = false;
};

} // namespace

std::string write_pace(const Pace::State& state, Pace::TimePoint origin) {
    std::string text;
    for_each_member(state, [&](const auto& member) {
        if (!text.empty()) text.append(" ");
        if constexpr (std::same_as<decltype(member), const Pace::TimePoint&>) {
            text.append(std::to_string(saturated(member - origin).count()));
        } else {
            text.append(std::to_string(static_cast<std::uint32_t>(member)));
        }
    });
    return text;
}

std::optional<Pace::State> read_pace(std::string_view text, Pace::TimePoint origin) {
    Pace::State state;
    MemberReader reader(trimmed(text), origin);
    for_each_member(state, [&reader](auto& member) { reader(member); });
    return reader.is_complete() ? std::optional(state) : std::nullopt;
}

} // namespace fathom::detail
