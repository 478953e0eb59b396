/// @file
/// The limit that all runs for one key share on this machine.
#pragma once

#include <filesystem>

#include <fathom/rate_limit.hpp>

#include "accounts.hpp"
#include "console.hpp"

namespace fathom::cli {

struct SharedLimit {
    RateLimits limits{};          ///< The service's, but for what FATHOM_REPORTS_PER_MINUTE says.
    std::filesystem::path file{}; ///< FATHOM_LIMIT_FILE, else one of the key's own, whose folder is there.
};

/// @throw UsageError where a variable cannot be read
[[nodiscard]] SharedLimit shared_limit(const Console& console, const StoredAccount& credentials);

/// @throw Exception where the file cannot be used, as a call that waits for the limit would
void require_usable(const SharedLimit& shared);

} // namespace fathom::cli
