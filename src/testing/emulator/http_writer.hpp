/// @file
/// Answers onto a connection, by RFC 9112.
#pragma once

#include <chrono>
#include <string>

#include <fathom/testing/faults.hpp>

#include "../../platform/tcp.hpp"
#include "answer.hpp"
#include "stop_signal.hpp"

namespace fathom::testing::detail {

/// How an answer goes out.
struct Writing {
    Ending ending = Ending::complete;
    std::chrono::milliseconds pause_inside_body{0};
    bool has_body = true;   ///< false: the answer to HEAD, which announces a body and has none.
    bool keep_alive = true; ///< false: says that the connection closes.
};

/// @return false where the answer did not go out to its end, by intention or by accident
[[nodiscard]] bool write_answer(fathom::detail::TcpConnection& connection, const Answer& answer, const Writing& writing,
                                StopSignal& stop);

} // namespace fathom::testing::detail
