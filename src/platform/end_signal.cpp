#include "end_signal.hpp"

#if defined(_WIN32)
#include <windows.h>
#else
#include <csignal>

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

sigset_t end_signals() {
    sigset_t signals{};
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
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
