#include "interruption.hpp"

#include <array>
#include <csignal>
#include <cstddef>

namespace fathom::cli {

namespace {

volatile std::sig_atomic_t is_wished = 0;

#if defined(SIGHUP)
constexpr std::array signals{SIGINT, SIGTERM, SIGHUP};
#else
constexpr std::array signals{SIGINT, SIGTERM};
#endif

std::array<void (*)(int), signals.size()> handlers_before{};

extern "C" void note_wish(int) { is_wished = 1; }

} // namespace

Interruption::Interruption() {
    is_wished = 0;
    for (std::size_t i = 0; i < signals.size(); ++i) handlers_before[i] = std::signal(signals[i], note_wish);
}

Interruption::~Interruption() {
    for (std::size_t i = 0; i < signals.size(); ++i) std::signal(signals[i], handlers_before[i]);
}

bool Interruption::is_requested() noexcept { return is_wished != 0; }

} // namespace fathom::cli
