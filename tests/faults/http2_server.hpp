/// @file
/// A server of HTTP/2 whose every frame the test decides.
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "certificates.hpp"
#include "faulty_service.hpp"
#include "http2_connection.hpp"
#include "raw_server.hpp"

namespace fathom::faults {

/// The certificate of all these servers; making one takes a while.
inline const Identity& shared_identity() {
    static const Identity made = make_identity();
    return made;
}

/// Speaks TLS and gives each connection to a function after its preface.
class Http2Server {
public:
    using Serve = std::function<void(Http2Connection& http2, Connection& connection, int number)>;

    /// @param settings what it tells of itself, see Http2Connection
    explicit Http2Server(Serve serve, std::string settings = {})
        : context_(server_context(shared_identity(), "h2")), settings_(std::move(settings)),
          server_([this, serve = std::move(serve)](Connection& connection, int number) {
              if (!connection.start_tls(context_.get())) return;
              Http2Connection http2(connection, settings_);
              serve(http2, connection, number);
          }) {}

    [[nodiscard]] ClientOptions options() const { return options_for(server_, shared_identity()); }
    [[nodiscard]] int connections() const { return server_.connections(); }

private:
    TlsContext context_;
    std::string settings_;
    RawServer server_;
};

inline void serve_well(Http2Connection& http2) {
    while (const std::uint32_t stream = http2.next_request()) http2.answer(stream);
}

} // namespace fathom::faults
