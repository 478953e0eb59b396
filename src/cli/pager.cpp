#include "pager.hpp"

#if !defined(_WIN32)
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>
#endif

namespace fathom::cli {

#if defined(_WIN32)

bool show_in_pager(const std::string&) { return false; } // PAGER is a custom of Unix

#else

bool show_in_pager(const std::string& text) {
    const char* const pager = std::getenv("PAGER"); // NOLINT(concurrency-mt-unsafe): no other thread is left
    if (pager == nullptr || *pager == '\0') return false;
    setenv("LESS", "FRX", 0); // NOLINT(concurrency-mt-unsafe): colours, and no pager for what fits after all
    const auto before = std::signal(SIGPIPE, SIG_IGN); // who has read enough leaves
    FILE* const input = popen(pager, "w");             // NOLINT(cert-env33-c): it is a command for the shell
    if (input != nullptr) {
        std::fwrite(text.data(), 1, text.size(), input);
        pclose(input);
    }
    std::signal(SIGPIPE, before);
    return input != nullptr;
}

#endif

} // namespace fathom::cli
