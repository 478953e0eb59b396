/// @file
/// One descriptor that tells of many sockets.
#pragma once

#include <memory>

#include "socket.hpp"

namespace fathom::detail {

/// A descriptor that is readable while anything happens at the sockets that are watched, and after ring(). It tells that
/// there is something to do; what that is, whoever looks at the sockets finds.
class Readiness {
public:
    Readiness() = default;
    Readiness(const Readiness&) = delete;
    Readiness& operator=(const Readiness&) = delete;
    virtual ~Readiness() = default;

    /// What is waited for at a socket.
    struct Interest {
        bool reading = false;
        bool writing = false;
    };

    [[nodiscard]] virtual int descriptor() const noexcept = 0;

    /// Watches a socket, or something else at one that is watched. Where the system has no room for it, it is not watched.
    virtual void watch(NativeSocket socket, Interest interest) noexcept = 0;
    /// Watches a socket no more; does nothing where it was not watched.
    virtual void forget(NativeSocket socket) noexcept = 0;

    /// Makes the descriptor readable until clear(). Safe from any thread.
    virtual void ring() noexcept = 0;
    /// Takes back what was rung.
    virtual void clear() noexcept = 0;
};

/// @return null where the system has no such thing (Windows), or no descriptor left
[[nodiscard]] std::unique_ptr<Readiness> make_readiness();

} // namespace fathom::detail
