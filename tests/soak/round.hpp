/// @file
/// Some seconds of the soak, after which everything is as it was before.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "ledger.hpp"
#include "resources.hpp"

namespace fathom::soak {

/// Starts services and clients, calls for so long from so many threads, lets all of them go, and waits until every call is
/// accounted for.
/// @return what the process uses afterwards
/// @throws std::runtime_error where calls or threads are left over
Resources run_round(const std::shared_ptr<Ledger>& ledger, std::chrono::milliseconds duration, unsigned threads,
                    unsigned seed);

} // namespace fathom::soak
