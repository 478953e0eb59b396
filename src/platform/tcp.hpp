/// @file
/// TCP for servers, as far as the emulator needs it.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fathom::detail {

/// Owns a connection. One thread may read and write while others shut it down; whoever destroys or moves it is alone.
class TcpConnection {
public:
    /// @param native what this system calls a socket: a descriptor, or a handle on Windows
    explicit TcpConnection(std::intptr_t native) noexcept;
    ~TcpConnection();
    TcpConnection(TcpConnection&& other) noexcept;
    TcpConnection& operator=(TcpConnection&&) = delete;

    /// Waits for bytes. @return how many came; 0 where none will come any more
    [[nodiscard]] std::size_t read_some(char* buffer, std::size_t size) const noexcept;
    /// @return false where the other side does not take them any more
    [[nodiscard]] bool write_all(std::string_view bytes) const noexcept;
    /// Waits no longer than this for bytes from now on.
    void set_read_timeout(std::chrono::milliseconds timeout) const noexcept;
    /// Tells the other side that nothing more comes. It may go on sending.
    void shut_down_writing() const noexcept;
    /// Ends both directions, and wakes whoever reads or writes.
    void shut_down() const noexcept;

private:
    std::intptr_t native_;
};

/// Listens from construction to destruction. The port is not shared with other programs.
class TcpListener {
public:
    /// @param host an address or a name; `0.0.0.0` and `::` are all addresses
    /// @param port 0: one that is free
    /// @throws std::runtime_error where the address is not this machine's, or taken
    TcpListener(const std::string& host, int port);
    ~TcpListener();
    TcpListener(const TcpListener&) = delete;
    TcpListener& operator=(const TcpListener&) = delete;

    [[nodiscard]] int port() const noexcept;
    /// Waits for a connection. @return nothing where wake() ended the wait, or where none could be taken
    [[nodiscard]] std::optional<TcpConnection> accept() const noexcept;
    /// Ends the present or the next wait in accept(), by connecting to it.
    void wake() const noexcept;

private:
    std::intptr_t native_;
};

} // namespace fathom::detail
