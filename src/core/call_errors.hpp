/// @file
/// The errors that end calls before they have an answer.
#pragma once

#include <fathom/error.hpp>

#include "call.hpp"
#include "now.hpp"

namespace fathom::detail {

/// Its caller does not want it any more.
[[nodiscard]] Error cancelled_by_caller();
/// Nobody is left who could want it.
[[nodiscard]] Error cancelled_with_client();
/// Its deadline has passed.
[[nodiscard]] Error timeout_of(const Call& call);
/// The limit leaves no room for it in time.
/// @param earliest when it would get a permit
[[nodiscard]] Error refusal_of(const Call& call, Call::TimePoint earliest, Now now);

/// Tells in an error which call it ended, and how far that had come.
void name_call(Error& error, const Call& call) noexcept;

} // namespace fathom::detail
