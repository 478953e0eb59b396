/// @file
/// What a server may do wrong over HTTP/2.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <fathom/error.hpp>

#include "connection.hpp"
#include "http2_connection.hpp"

namespace fathom::faults {

/// One thing that goes wrong with a request whose head has been read. The connection ends after it.
struct Http2Fault {
    std::string name;
    ErrorKind expected; ///< How a call ends that meets it each time.
    std::function<void(Http2Connection& http2, Connection& connection, std::uint32_t stream)> answer;
    bool is_unprocessed = false; ///< The server says that it has not processed the request, whatever it was.
};

[[nodiscard]] std::vector<Http2Fault> http2_faults();

} // namespace fathom::faults
