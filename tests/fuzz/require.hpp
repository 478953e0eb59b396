/// @file
/// What every fuzz target needs.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include <fathom/error.hpp>

#include "text/plain_text.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace fathom::fuzz {

/// Ends the program where a promise is broken, so that the fuzzer keeps the input.
inline void require(bool holds, const char* promise) {
    if (holds) return;
    std::fprintf(stderr, "broken promise: %s\n", promise);
    std::abort();
}

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size}; // NOLINT(cppcoreguidelines-pro-type-reinterpret-cast)
}

/// Whatever the text of an error was made of, it is fit for a log.
inline void require_fit_for_log(const Error& error) {
    constexpr std::size_t longest = 4'096;
    const std::string text = error.to_string();
    require(text.size() <= longest, "the text of an error is short");
    require(text == detail::one_line(text, longest), "the text of an error is one line of valid UTF-8");
}

} // namespace fathom::fuzz
