#include "cli/interruption.hpp"

#include <gtest/gtest.h>

#include <csignal>

namespace fathom::cli {
namespace {

/// How the signal is handled, which it gives back at its end.
class Handling {
public:
    Handling(int signal, void (*handler)(int)) : signal_(signal), before_(std::signal(signal, handler)) {}
    Handling(const Handling&) = delete;
    Handling& operator=(const Handling&) = delete;
    ~Handling() { std::signal(signal_, before_); }

    [[nodiscard]] bool is_ignored() const {
        struct sigaction now{};
        ::sigaction(signal_, nullptr, &now);
        return now.sa_handler == SIG_IGN;
    }

private:
    int signal_;
    void (*before_)(int);
};

TEST(Interruptions, AreNoted) {
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        const Handling usual(signal, SIG_DFL);
        const Interruption interruption;
        EXPECT_FALSE(Interruption::is_requested()) << signal;
        std::raise(signal);
        EXPECT_TRUE(Interruption::is_requested()) << signal;
    }
}

TEST(Interruptions, AreNoneWhereTheSignalIsIgnored) {
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        const Handling ignored(signal, SIG_IGN);
        {
            const Interruption interruption;
            std::raise(signal);
            EXPECT_FALSE(Interruption::is_requested()) << signal;
        }
        EXPECT_TRUE(ignored.is_ignored()) << signal;
    }
}

} // namespace
} // namespace fathom::cli
