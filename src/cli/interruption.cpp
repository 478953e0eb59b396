#include "interruption.hpp"

#include <array>
#include <csignal>
#include <cstddef>

namespace fathom::cli {

namespace {

volatile std::sig_atomic_t is_wished = 0;

#if defined(_WIN32)

constexpr std::array signals{SIGINT, SIGTERM};

bool is_ignored(int) noexcept { return false; } // no program is started so there

#else

constexpr std::array signals{SIGINT, SIGTERM, SIGHUP};

/// As nohup wants it of SIGHUP, and a script of SIGINT for what it starts in the background.
bool is_ignored(int signal) noexcept {
    struct sigaction handling{};
    return ::sigaction(signal, nullptr, &handling) == 0 && handling.sa_handler == SIG_IGN;
}

#endif

std::array<void (*)(int), signals.size()> handlers_before{};

extern "C" void note_wish(int) { is_wished = 1; }

} // namespace

Interruption::Interruption() {
    is_wished = 0;
    for (std::size_t i = 0; i < signals.size(); ++i) {
        handlers_before[i] = is_ignored(signals[i]) ? SIG_IGN : std::signal(signals[i], note_wish);
    }
}

Interruption::~Interruption() {
    for (std::size_t i = 0; i < signals.size(); ++i) std::signal(signals[i], handlers_before[i]);
}

bool Interruption::is_requested() noexcept { return is_wished != 0; }

} // namespace fathom::cli
