/// @file
/// What a server may do wrong over HTTP/1.1.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <fathom/error.hpp>

#include "connection.hpp"

namespace fathom::faults {

/// One thing that goes wrong with a request that has been read. The connection ends after it.
struct Http1Fault {
    std::string name;
    std::optional<ErrorKind> expected; ///< How a call ends that meets it each time; nothing for a success.
    std::function<void(Connection&)> answer;
    bool is_before_request = false;    ///< The request is not read.
    bool is_enough_for_remove = false; ///< A call succeeds that needs nothing of the answer.
};

[[nodiscard]] std::vector<Http1Fault> http1_faults();

/// Gzip of about so many zeros, a hundred and fifty times shorter; without the check sum, which nobody comes to.
[[nodiscard]] std::string compressed_zeros(std::size_t count);

} // namespace fathom::faults
