/// @file
/// Writing to a connection that the other side has closed must be an error, and not the end of the process.
#pragma once

#if !defined(_WIN32)
#include <csignal>
#endif

namespace fathom::detail {

#if defined(_WIN32)

class BrokenPipeIsAnError {
public:
    BrokenPipeIsAnError() noexcept {} // so that a variable of this type is used
};

#else

/// While it lives, this thread gets no SIGPIPE, for libraries that write in the way that raises it. What the program has
/// blocked or pending stays so.
class BrokenPipeIsAnError {
public:
    BrokenPipeIsAnError() noexcept : was_pending_(is_pending()) {
        sigemptyset(&broken_pipe_);
        sigaddset(&broken_pipe_, SIGPIPE);
        if (!was_pending_) pthread_sigmask(SIG_BLOCK, &broken_pipe_, &mask_before_);
    }
    BrokenPipeIsAnError(const BrokenPipeIsAnError&) = delete;
    BrokenPipeIsAnError& operator=(const BrokenPipeIsAnError&) = delete;
    ~BrokenPipeIsAnError() {
        if (was_pending_) return; // it is blocked already, and not by us
        int taken = 0;
        if (is_pending()) sigwait(&broken_pipe_, &taken);
        pthread_sigmask(SIG_SETMASK, &mask_before_, nullptr);
    }

private:
    static bool is_pending() noexcept {
        sigset_t pending{};
        sigpending(&pending);
        return sigismember(&pending, SIGPIPE) == 1;
    }

    sigset_t broken_pipe_{};
    sigset_t mask_before_{};
    bool was_pending_;
};

#endif

} // namespace fathom::detail
