/// @file
/// Timing things beside each other.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace fathom::benchmark {

/// One of the things that are timed.
struct Contender {
    std::string name;
    std::function<void()> work;
};

/// How much is timed.
struct Plan {
    int rounds = 61;
    int repetitions = 1; ///< Of the work, in each round; so many that a round takes a millisecond or more.
};

/// What the rounds of one contender took.
struct Timing {
    std::string name;
    std::vector<double> wall_seconds{}; ///< Per repetition, round by round.
    std::vector<double> cpu_seconds{};  ///< The same, of the whole process.
};

/// Times all in each round, one after the other in an order that is drawn anew for each: whatever slows the machine down
/// for a while slows all of them.
[[nodiscard]] std::vector<Timing> time_beside_each_other(const std::vector<Contender>& contenders, const Plan& plan);

[[nodiscard]] double median(std::vector<double> values);
/// The median of the ratios of each round.
[[nodiscard]] double median_ratio(const std::vector<double>& ours, const std::vector<double>& theirs);

/// Which side of a goal is good.
enum class Goal { at_most, at_least };

/// Prints the head of a table of ratios.
void print_head();
/// Prints a line of it.
void print_ratio(std::string_view work, std::string_view beside, double ratio, Goal kind, double goal);
/// Prints what one contender takes of another: the least that is possible with what it is made of.
void print_floor(const Timing& floor, const Timing& beside);
/// Prints the lines of the first contender beside one of the others.
void print_wall_ratio(std::string_view work, const std::vector<Timing>& timings, std::size_t other, double goal);

} // namespace fathom::benchmark
