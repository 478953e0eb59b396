/// @file
/// A library that gives up, or begins its time-out anew, whenever a signal interrupts it.
#pragma once

#if !defined(_WIN32)
#include <csignal>
#endif

namespace fathom::detail {

#if defined(_WIN32)

class SignalsWait {
public:
    SignalsWait() noexcept {} // so that a variable of this type is used
};

#else

/// While it lives, this thread handles no signals but those of its own faults; others may, and what is pending is handled
/// after. For short waits only.
class SignalsWait {
public:
    SignalsWait() noexcept {
        sigset_t others{};
        sigfillset(&others);
        for (const int fault : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP}) sigdelset(&others, fault);
        pthread_sigmask(SIG_BLOCK, &others, &mask_before_);
    }
    SignalsWait(const SignalsWait&) = delete;
    SignalsWait& operator=(const SignalsWait&) = delete;
    ~SignalsWait() { pthread_sigmask(SIG_SETMASK, &mask_before_, nullptr); }

private:
    sigset_t mask_before_{};
};

#endif

} // namespace fathom::detail
