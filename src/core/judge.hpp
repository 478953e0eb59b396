/// @file
/// What an attempt's end means for its call.
#pragma once

#include <chrono>
#include <cstdint>

#include <fathom/error.hpp>
#include <fathom/http.hpp>
#include <fathom/transport.hpp>

#include "../operations/operation.hpp"

namespace fathom::detail {

/// What to do after an attempt.
enum class Verdict : std::uint8_t {
    success, ///< The call has its answer.
    retry,   ///< The call may be made again without harm, and may succeed then.
    failure, ///< Making the call again would not help, or could do harm.
};

/// Judges an answer. `may_have_been_done` tells that an earlier attempt of the same call may have reached the service:
/// a DELETE that finds nothing then has worked.
[[nodiscard]] Verdict judge(const OperationRequest& request, int status, bool may_have_been_done) noexcept;

/// Judges an attempt without an answer.
[[nodiscard]] Verdict judge(const OperationRequest& request, const TransportError& failure) noexcept;

/// The Error that an answer other than 2xx stands for.
[[nodiscard]] Error error_of(const OperationRequest& request, const HttpResponse& response,
                             std::chrono::system_clock::time_point calendar_now);

} // namespace fathom::detail
