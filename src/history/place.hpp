/// @file
/// How far a history has come, as a text that can be stored.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <fathom/result.hpp>

namespace fathom::detail::history {

/// Where to go on. Times are of the reporting zone's clock.
struct Place {
    std::uint64_t fingerprint = 0;      ///< Of all that was asked but the range.
    std::chrono::local_seconds begin{}; ///< Where the first run began.
    std::chrono::local_seconds next{};  ///< The first bucket that is not stored.

    friend bool operator==(const Place&, const Place&) = default;
};

[[nodiscard]] std::string to_text(const Place& place);
/// @return ErrorKind::invalid_argument where it is no place
[[nodiscard]] Result<Place> parse_place(std::string_view text);

/// Sums up texts, so that a place is not used for another question.
class Fingerprint {
public:
    Fingerprint& add(std::string_view text) noexcept;
    [[nodiscard]] std::uint64_t value() const noexcept { return hash_; }

private:
    std::uint64_t hash_ = 14'695'981'039'346'656'037U; // FNV-1a
};

} // namespace fathom::detail::history
