/// @file
/// Keeping answers, so that the same question does not cost a second request.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <string_view>

#include <fathom/export.hpp>
#include <fathom/printing.hpp>

namespace fathom::inline v0_2 {

/// How long answers to GET requests are kept; nothing is kept unless `fresh_for` or `stale_for` is set. Answers are
/// dropped by writes to the same resource through the same client; writes of others are seen when `fresh_for` is over.
/// Only answers that could be read are kept. Each question has its own: round the `date_to` of a report (with
/// `std::chrono::floor<std::chrono::minutes>`, say), or no two are equal.
///
/// @code
/// fathom::Client client{{.api_key = key, .cache = {.fresh_for = 30s, .stale_for = 5min}}};
/// @endcode
struct CacheOptions {
    std::chrono::milliseconds fresh_for{0}; ///< An answer of this age or less is given again without any request.
    /// For so long after that, an answer is given again at once, while one request runs behind that brings a new one.
    /// Setting it starts the client's background thread at the first such answer.
    std::chrono::milliseconds stale_for{0};
    std::size_t max_bytes = std::size_t{8} * 1024 * 1024; ///< Most memory; the answers used least recently go first.

    /// Member-wise equality.
    friend bool operator==(const CacheOptions&, const CacheOptions&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const CacheOptions& value);
};

/// Whether one call may be answered from what is kept.
enum class CacheUse : std::uint8_t {
    allowed, ///< As CacheOptions says.
    refresh, ///< Always asks the service; the new answer is kept.
};

/// The choice as it is spelled in C++.
[[nodiscard]] FATHOM_EXPORT std::string_view to_string(CacheUse use) noexcept;

} // namespace fathom::inline v0_2
