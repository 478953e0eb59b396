/// @file
/// The calls of one limit group that wait for a permit.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "call.hpp"

namespace fathom::detail {

/// Two lanes, each in order of arrival. The interactive lane goes first, but after four of its calls in a row one
/// background call gets through.
class WaitingLine {
public:
    /// Takes a call in, at the place that its arrival gives it.
    /// @return how many others of its lane will be served before it; nothing where it is not the last of them
    std::optional<std::size_t> join(const std::shared_ptr<Call>& call);
    /// Takes a call out, if it is there.
    void leave(const Call& call);
    /// Takes the next call out; the line must not be empty.
    [[nodiscard]] std::shared_ptr<Call> serve_next();

    [[nodiscard]] bool empty() const noexcept { return size() == 0; }
    [[nodiscard]] std::size_t size() const noexcept { return lanes_[0].size() + lanes_[1].size(); }
    /// How many others of its lane will be served before a call that waits. The time it takes grows with them, but for the last.
    [[nodiscard]] std::size_t ahead_of(const Call& call) const;
    /// The calls that would rather fail than wait.
    [[nodiscard]] std::vector<std::shared_ptr<Call>> impatient() const;
    /// Since when the call waits that came first; nothing where none waits.
    [[nodiscard]] std::optional<Call::TimePoint> oldest_since() const;
    /// All calls, roughly in the order in which they will be served.
    [[nodiscard]] std::vector<std::shared_ptr<Call>> calls() const;

private:
    using Lane = std::map<std::uint64_t, std::shared_ptr<Call>>; // by Call::Progress::place

    static constexpr int most_interactive_in_a_row = 4;

    [[nodiscard]] Lane& lane(Priority priority) noexcept { return lanes_[static_cast<std::size_t>(priority)]; }
    [[nodiscard]] Lane& next_lane() noexcept;

    std::array<Lane, 2> lanes_{}; // by Priority
    int interactive_in_a_row_ = 0;
    Lane impatient_{}; // of both lanes
};

} // namespace fathom::detail
