/// @file
/// The kinds of servers that the table has, and what an all-knowing client would get from each.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "support/limit_servers.hpp"
#include "support/limit_world.hpp"

namespace fathom::detail {

/// A kind of server.
struct Row {
    std::string name;
    std::function<std::unique_ptr<LimitingServer>()> make;
    double served_per_hour = 600; ///< Of an all-knowing client that is always busy.
    double patience = 0; ///< So many times as long as such a client would need are the deadlines; 0: much longer.
    std::size_t cap = 0; ///< Where set, the cap is the only bound.
    Stranger stranger = Stranger::none;
};

/// All that are known.
[[nodiscard]] std::vector<Row> all_rows();

/// The longest wait in seconds that an all-knowing client would have, which serves in order of arrival.
[[nodiscard]] double fair_wait(const Row& row, const LimitWorldOptions& options);

/// How long calls may take. Under a cap there are 10 s more, in which it is found.
[[nodiscard]] std::chrono::milliseconds deadline(const Row& row, const LimitWorldOptions& options);

} // namespace fathom::detail
