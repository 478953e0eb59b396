#include "certificates.hpp"
#include "faulty_service.hpp"
#include "matrix_row.hpp"

namespace fathom::faults {

namespace {

using namespace std::chrono_literals;
using Answer = std::function<void(Connection&)>;

const Identity& identity_of_service() {
    static const Identity made = make_identity({.alternative_name = "DNS:api.example.com"});
    return made;
}

/// A proxy that answers CONNECT; once repaired it is also the service behind itself.
class Proxy final : public Service {
public:
    explicit Proxy(Answer answer) : answer_(std::move(answer)) {}

    [[nodiscard]] ClientOptions options() const override {
        ClientOptions options = options_for("https://api.example.com/v1");
        options.connection.proxy = "http://user:SECRET@127.0.0.1:" + std::to_string(server_.port());
        options.connection.ca_pem = identity_of_service().certificate;
        return options;
    }
    [[nodiscard]] bool repair() override {
        is_faulty_ = false;
        return true;
    }

private:
    void serve(Connection& connection) {
        if (connection.read_request().empty()) return;
        if (is_faulty_) return answer_(connection);
        connection.send("HTTP/1.1 200 Connection established\r\n\r\n");
        if (connection.start_tls(context_.get())) serve_well(connection);
    }

    const Answer answer_;
    const TlsContext context_ = server_context(identity_of_service(), "http/1.1");
    std::atomic<bool> is_faulty_{true};
    RawServer server_{[this](Connection& connection, int) { serve(connection); }};
};

Row proxy(std::string name, ErrorKind expected, Answer answer) {
    return {.name = "proxy: " + std::move(name),
            .promise = expected,
            .make = [answer] { return std::make_unique<Proxy>(answer); },
            .attempt_timeout = expected == ErrorKind::timeout ? 200ms : 10'000ms};
}

Answer status(const std::string& line) {
    return [=](Connection& c) { c.send("HTTP/1.1 " + line + "\r\nContent-Length: 0\r\n\r\n"); };
}

} // namespace

std::vector<Row> proxy_rows() {
    return {
        proxy("407", ErrorKind::proxy, status("407 Proxy Authentication Required")),
        proxy("403", ErrorKind::proxy, status("403 Forbidden")),
        proxy("503", ErrorKind::network, status("503 Service Unavailable")),
        proxy("silence", ErrorKind::timeout, [](Connection& c) { c.read_to_end(); }),
        proxy("reset", ErrorKind::network, [](Connection& c) { c.reset(); }),
        proxy("head without end", ErrorKind::response_too_large,
              [=](Connection& c) {
                  c.send("HTTP/1.1 200 OK\r\n");
                  c.flood("X-Header: x\r\n", much);
              }),
        proxy("end behind it", ErrorKind::network,
              [](Connection& c) {
                  c.send("HTTP/1.1 200 OK\r\n\r\n");
                  c.read_some(1);
              }),
    };
}

} // namespace fathom::faults
