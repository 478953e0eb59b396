// Any file is the state of a limiter or none, and a state that is written reads as itself.
#include "limiters/limiter_state.hpp"
#include "require.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace fathom;
    const auto states = detail::read_states(fuzz::text_of(data, size));
    if (!states) return 0;
    const std::string written = detail::write_states(*states);
    const auto again = detail::read_states(written);
    fuzz::require(again.has_value(), "a state that was read can be written and read");
    fuzz::require(detail::write_states(*again) == written, "a state reads as it was written");
    return 0;
}
