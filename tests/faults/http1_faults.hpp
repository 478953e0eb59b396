/// @file
/// What a server may do wrong over HTTP/1.1.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include <fathom/error.hpp>

#include "connection.hpp"

namespace fathom::faults {

/// One thing that goes wrong with a request that has been read. The connection ends after it.
struct Http1Fault {
    std::string name;
    ErrorKind expected; ///< How a call ends that meets it each time.
    std::function<void(Connection&)> answer;
    bool is_before_request = false; ///< The request is not read.
};

[[nodiscard]] std::vector<Http1Fault> http1_faults();

} // namespace fathom::faults
