/// @file
/// Points a client at an emulator.
#pragma once

#include <fathom/client.hpp>
#include <fathom/testing/emulator.hpp>

namespace fathom::testing {

/// The address and the key of an emulator; set more members as you like.
///
/// @code
/// fathom::testing::Emulator emulator;
/// fathom::Client client{fathom::testing::client_options(emulator)};
/// @endcode
[[nodiscard]] inline ClientOptions client_options(const Emulator& emulator) {
    return {.api_key = emulator.api_key(), .base_url = emulator.base_url()};
}

} // namespace fathom::testing
