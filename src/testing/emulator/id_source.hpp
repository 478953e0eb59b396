/// @file
/// IdSource: ids in the forms of the service, the same for the same seed.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>

namespace fathom::testing::detail {

/// Numbers that look random. The standard's distributions differ between libraries, so it has its own.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : engine_{seed} {}

    /// From 0 to `sides` - 1.
    [[nodiscard]] std::uint64_t roll(std::uint64_t sides) { return engine_() % sides; }
    /// Whether something happens that happens so many times in a hundred.
    [[nodiscard]] bool chance(std::uint64_t percent) { return roll(100) < percent; }

private:
    std::mt19937_64 engine_;
};

/// Makes ids. That an id is new is for the caller to see.
class IdSource {
public:
    explicit IdSource(std::uint64_t seed) : dice_{seed} {}

    /// Upper-case letters, as sites and events have them.
    [[nodiscard]] std::string letters(std::size_t length);
    /// A version 4 UUID, as milestones have it.
    [[nodiscard]] std::string uuid();

private:
    Dice dice_;
};

/// `signed-up-to-newsletter`: the other form of an event's id.
[[nodiscard]] std::string slug(std::string_view name);

} // namespace fathom::testing::detail
