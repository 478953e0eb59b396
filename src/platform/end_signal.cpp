#include "end_signal.hpp"

#if defined(_WIN32)
#include <windows.h>
#else
#include <csignal>
#include <initializer_list>

#include <pthread.h>
#endif

namespace fathom::detail {
namespace {

#if defined(_WIN32)

HANDLE end_event() {
    static const HANDLE event = ::CreateEventW(nullptr, TRUE, FALSE, nullptr);
    return event;
}

// Runs in a thread of the system's own.
BOOL WINAPI note_end(DWORD) { return ::SetEvent(end_event()); }

#else

/// As a script wants it of SIGINT for what it starts in the background. One that is blocked would be kept all the same.
bool is_ignored(int signal) {
    struct sigaction handling{};
    return ::sigaction(signal, nullptr, &handling) == 0 && handling.sa_handler == SIG_IGN;
}

sigset_t end_signals() {
    sigset_t signals{};
    sigemptyset(&signals);
    for (const int signal : {SIGINT, SIGTERM}) {
        if (!is_ignored(signal)) sigaddset(&signals, signal);
    }
    return signals;
}

#endif

} // namespace

#if defined(_WIN32)

void hold_end_signals() { ::SetConsoleCtrlHandler(&note_end, TRUE); }

void wait_for_end_signal() { ::WaitForSingleObject(end_event(), INFINITE); }

#else

// Blocked in all threads, the signals wait for sigwait().
void hold_end_signals() {
    const sigset_t signals = end_signals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

void wait_for_end_signal() {
    const sigset_t signals = end_signals();
    int signal = 0;
    sigwait(&signals, &signal);
}

#endif

} // namespace fathom::detail
