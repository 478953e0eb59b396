#include "pager.hpp"

#if !defined(_WIN32)
#include <sys/wait.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>
#endif

namespace fathom::cli {

#if defined(_WIN32)

bool show_in_pager(const std::string&) { return false; } // PAGER is a custom of Unix

#else

namespace {

/// By what the shell ended with, which has these two codes for what it does not find or may not run.
bool was_started(int status) noexcept {
    return !WIFEXITED(status) || (WEXITSTATUS(status) != 126 && WEXITSTATUS(status) != 127);
}

} // namespace

bool show_in_pager(const std::string& text) {
    const char* const pager = std::getenv("PAGER"); // NOLINT(concurrency-mt-unsafe): no other thread is left
    if (pager == nullptr || *pager == '\0') return false;
    setenv("LESS", "FRX", 0); // NOLINT(concurrency-mt-unsafe): colours, and no pager for what fits after all
    const auto before = std::signal(SIGPIPE, SIG_IGN); // who has read enough leaves
    FILE* const input = popen(pager, "w");             // NOLINT(cert-env33-c): it is a command for the shell
    bool is_shown = false;
    if (input != nullptr) {
        std::fwrite(text.data(), 1, text.size(), input);
        is_shown = was_started(pclose(input));
    }
    std::signal(SIGPIPE, before);
    return is_shown;
}

#endif

} // namespace fathom::cli
