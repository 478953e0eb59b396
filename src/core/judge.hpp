/// @file
/// What an attempt's end means for its call.
#pragma once

#include <chrono>
#include <cstdint>

#include <fathom/error.hpp>
#include <fathom/http.hpp>
#include <fathom/transport.hpp>

#include "request.hpp"
#include "server_message.hpp"

namespace fathom::detail {

/// What to do after an attempt.
enum class Verdict : std::uint8_t {
    success,      ///< The call has its answer.
    already_gone, ///< A removal that found nothing, since an earlier attempt has worked.
    limited,      ///< Refused by a limit before anything was done: the call waits for its turn again.
    retry,        ///< The call may be made again without harm, and may succeed then.
    failure,      ///< Making the call again would not help, or could do harm.
};

/// All that the scheduler needs to know of an attempt's end.
struct Judgement {
    Verdict verdict = Verdict::failure;
    /// The service may have done what was asked, although the attempt failed.
    bool may_have_been_done = false;
    bool was_answer_lost = false; ///< The same, and what the service said of it was not read.
};

/// Judges an answer. `was_answer_lost` tells that an earlier attempt of the same call may have worked, unheard.
[[nodiscard]] Judgement judge(const OperationRequest& request, int status, bool was_answer_lost) noexcept;

/// Judges an attempt without an answer.
[[nodiscard]] Judgement judge(const OperationRequest& request, const TransportError& failure) noexcept;

/// The Error that an answer other than 2xx stands for, given what the server said in its body.
[[nodiscard]] Error error_of(const OperationRequest& request, const HttpResponse& response, ServerMessage said,
                             std::chrono::system_clock::time_point calendar_now);

} // namespace fathom::detail
