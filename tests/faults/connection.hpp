/// @file
/// One connection of a faulty server, plain or with TLS.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include <openssl/ssl.h>

namespace fathom::faults {

/// What any call takes for its answer, since servers of HTTP/2 here do not read what a request asks for.
inline constexpr std::string_view answer_to_all =
    R"({"id":"A","name":"Shop","total":1,"data":[{"id":"A","name":"Shop"}],"has_more":false})";

/// More bytes than any client should read of one answer.
inline constexpr std::size_t much = 100'000'000;

/// What the server does to the client is written down as it goes: read, send, close, reset.
class Connection {
public:
    explicit Connection(int socket) noexcept : socket_(socket) {}
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection() { close(); }

    /// Makes the handshake of TLS. @return whether it worked
    bool start_tls(SSL_CTX* context);
    /// The protocol that both sides speak above TLS, for example "h2".
    [[nodiscard]] std::string protocol() const;

    /// Reads at most so many bytes; none at the end.
    std::string read_some(std::size_t most);
    /// Reads as many bytes; fewer at the end.
    std::string read_exactly(std::size_t count);
    /// Reads the head of a request and its body; empty at the end.
    std::string read_request();
    /// Reads until the client goes.
    void read_to_end();

    /// @return false where the client is gone
    bool send(std::string_view data);
    /// Sends that again and again until the client goes, or until there were so many bytes.
    void flood(std::string_view piece, std::size_t most);

    /// Ends the connection as it should be.
    void close() noexcept;
    /// Ends it with a reset (RST).
    void reset() noexcept;
    /// Ends it although another thread reads from it.
    void interrupt() noexcept;

private:
    struct Deleter {
        void operator()(SSL* ssl) const noexcept { SSL_free(ssl); }
    };

    std::mutex lock_{}; // between whoever closes and whoever interrupts
    int socket_;
    std::unique_ptr<SSL, Deleter> ssl_{};
};

} // namespace fathom::faults
