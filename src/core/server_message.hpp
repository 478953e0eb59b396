/// @file
/// What a server says in the body of an answer that is no success.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <fathom/error.hpp>

namespace fathom::detail {

/// What a server said of a failure. Each text is one line and bounded, and there are few fields.
struct ServerMessage {
    std::string message{};            ///< Empty where it said nothing that can be read.
    std::vector<FieldError> fields{}; ///< Per-field messages.
    bool is_refusal = false; ///< It says that the request failed, which counts where the status says otherwise.
};

/// Reads the body of an answer other than 2xx. Never fails.
using ReadServerMessage = ServerMessage (*)(std::string_view body);

} // namespace fathom::detail
