/// @file
/// What carries requests to the service; replace it to test a program without a network.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fathom/error.hpp>
#include <fathom/export.hpp>
#include <fathom/http.hpp>

namespace fathom::inline v0_2 {

/// How connections are made.
struct ConnectionOptions {
    std::chrono::milliseconds connect_timeout{10'000}; ///< Longest for name lookup, connection and TLS handshake.
    /// Longest for one attempt as a whole. Generous, since a new kind of report is slow the first time.
    std::chrono::milliseconds attempt_timeout{60'000};
    /// Largest body that is accepted, before and after decompression. The head of an answer, its interim answers and its
    /// trailers may have 256 KiB together.
    std::size_t max_response_bytes = std::size_t{64} * 1024 * 1024;
    /// Proxy URL (http, https, socks4, socks4a, socks5 or socks5h), also with a user and a password; empty: the system's
    /// `https_proxy`, `all_proxy` and `no_proxy` variables.
    std::string proxy{};
    /// PEM file of the authorities to trust; empty: those of the variables `CURL_CA_BUNDLE`, or `SSL_CERT_FILE` and
    /// `SSL_CERT_DIR`, or else the system's.
    std::string ca_file{};
    std::string user_agent_suffix{}; ///< Appended to `fathom-cpp/<version>`, for example `my-dashboard/2.0`.
    /// The authorities to trust themselves, in PEM form, in place of `ca_file`.
    std::string ca_pem{};
    /// PEM file of the certificate that proves to the server who the client is; empty for none.
    std::string client_certificate{};
    std::string client_key{};          ///< PEM file of its private key; empty: in the certificate's file.
    std::string client_key_password{}; ///< Of the key's file, where it has one.
    /// The public keys of which the server must have one, as `sha256//` and the base64 of the key's SHA-256 hash, several
    /// with `;` between; empty for any key that the authorities vouch for.
    std::string pinned_public_key{};

    /// Member-wise equality.
    friend bool operator==(const ConnectionOptions&, const ConnectionOptions&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const ConnectionOptions& value);
};

/// One request as a transport sends it.
struct HttpRequest {
    HttpMethod method = HttpMethod::get; ///< Method.
    std::string url{};                   ///< Absolute and encoded.
    /// All headers but those that a transport adds itself (Host, Content-Length). Shared by many requests: a transport
    /// may recognise them by address. Holds the API key, so never log it.
    std::shared_ptr<const std::vector<HttpHeader>> headers{};
    std::string body{};                   ///< Empty for none.
    std::chrono::milliseconds timeout{0}; ///< Longest that this attempt may take, always above 0.
    bool fresh_connection = false; ///< Send on a new connection, so that it is not repeated when an old one dies.

    /// Member-wise equality; headers are compared by what they say.
    friend FATHOM_EXPORT bool operator==(const HttpRequest& a, const HttpRequest& b);
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const HttpRequest& value);
};

/// Why an attempt gave no answer.
struct TransportError {
    ErrorKind kind = ErrorKind::network; ///< network, proxy, tls, timeout, response_too_large or internal.
    std::string message{};               ///< For people.
    bool request_sent = true;            ///< False only if the server has provably processed nothing of the request.
    /// Names the connection that the request went to, so that the end of one that many requests shared counts once; 0 where
    /// there was none.
    std::uint64_t connection = 0;

    /// Member-wise equality.
    friend bool operator==(const TransportError&, const TransportError&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const TransportError& value);
};

/// Names one attempt; never used twice by one client.
using TransferId = std::uint64_t;

/// An attempt that has ended.
struct Transfer {
    /// With an answer.
    Transfer(TransferId started, HttpResponse answer) : id(started), response(std::move(answer)) {}
    /// Without one.
    Transfer(TransferId started, TransportError failure) : id(started), error(std::move(failure)) {}

    TransferId id;                          ///< As given to Transport::start().
    std::optional<HttpResponse> response{}; ///< The answer, where there is one.
    std::optional<TransportError> error{};  ///< Why there is none, where there is none.

    /// Member-wise equality.
    friend bool operator==(const Transfer&, const Transfer&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const Transfer& value);
};

/// Sends requests and waits: the only part of a client that touches the network and the clock. The library brings one
/// over libcurl; fathom::testing brings one with scripted answers in virtual time.
///
/// All members are called by one thread at a time (not always the same one), never concurrently; but for wake(), now() and
/// calendar_now(), which any thread may call at any time.
class FATHOM_EXPORT Transport {
public:
    using Clock = std::chrono::steady_clock; ///< The clock that deadlines and limits are counted in.

    Transport() = default;
    Transport(const Transport&) = delete;
    Transport& operator=(const Transport&) = delete;
    virtual ~Transport() = default;

    /// Begins an attempt; its end is told by poll(). An attempt that cannot begin ends with a TransportError too.
    virtual void start(TransferId id, const HttpRequest& request) = 0;
    /// Gives up an attempt: poll() will not tell its end any more.
    /// @return whether any of the request may have reached the server
    virtual bool abort(TransferId id) = 0;
    /// Moves all attempts forward and appends those that have ended; where none has, waits until one ends, wake() is
    /// called, or `longest` has passed.
    virtual void poll(Clock::duration longest, std::vector<Transfer>& ended) = 0;
    /// Makes the current or the next poll() return at once. Safe from any thread.
    virtual void wake() noexcept = 0;

    /// A descriptor for the event loop of the program, see EventLoopClient: readable when poll() has something to do,
    /// wake() included, but for what next_due() says. Called once, before anything else.
    /// @return -1 where there is none
    [[nodiscard]] virtual int descriptor() { return -1; }
    /// When poll() has something to do although nothing happens, while attempts are under way; nothing where it has not.
    /// Asked for an EventLoopClient only. A transport that says nothing of it is polled every 10 ms.
    [[nodiscard]] virtual std::optional<Clock::time_point> next_due() const {
        return now() + std::chrono::milliseconds{10};
    }

    /// The time, for deadlines and limits.
    [[nodiscard]] virtual Clock::time_point now() const { return Clock::now(); }
    /// The calendar time, for HTTP dates.
    [[nodiscard]] virtual std::chrono::system_clock::time_point calendar_now() const {
        return std::chrono::system_clock::now();
    }
};

} // namespace fathom::inline v0_2
