#include <optional>
#include <stdexcept>
#include <thread>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "faulty_service.hpp"
#include "matrix_row.hpp"
#include "own_network.hpp"
#include "support/loopback.hpp"

namespace fathom::faults {

namespace {

using namespace std::chrono_literals;

/// Nobody listens.
class Refused final : public Service {
public:
    Refused() {
        const RawServer gone([](Connection&, int) {});
        url_ = gone.url();
    }
    [[nodiscard]] ClientOptions options() const override { return options_for(url_); }

private:
    std::string url_{};
};

/// Linux answers no further connection where so many wait to be accepted as may.
class Blackhole final : public Service {
public:
    Blackhole() {
        sockaddr_in address = loopback(0);
        socklen_t size = sizeof address;
        auto* const any = reinterpret_cast<sockaddr*>(&address);
        const bool listens = ::bind(listener_, any, size) == 0 && ::listen(listener_, 0) == 0 &&
                             ::getsockname(listener_, any, &size) == 0 && ::connect(waiting_, any, size) == 0;
        if (!listens) throw std::runtime_error("cannot listen");
        port_ = ntohs(address.sin_port);
    }
    ~Blackhole() override {
        ::close(waiting_);
        ::close(listener_);
    }
    [[nodiscard]] ClientOptions options() const override {
        ClientOptions options = options_for("http://127.0.0.1:" + std::to_string(port_) + "/v1");
        options.connection.connect_timeout = 200ms;
        return options;
    }

private:
    int listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int waiting_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int port_ = 0;
};

/// A name that is looked up at a server which knows no name, or says nothing.
class Nameless final : public Service {
public:
    explicit Nameless(bool is_silent) {
        const sockaddr_in address = loopback(53);
        if (::bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
            throw std::runtime_error("cannot be a name server");
        }
        if (!is_silent) server_ = std::jthread([this] { answer_all(); });
    }
    ~Nameless() override {
        ::shutdown(socket_, SHUT_RDWR);
        server_ = {};
        ::close(socket_);
    }
    [[nodiscard]] ClientOptions options() const override { return options_for("https://api.example.com/v1"); }

private:
    void answer_all() const {
        constexpr char is_answer = '\x80';
        constexpr char no_such_name = '\x03';
        std::string message(512, '\0');
        sockaddr_in client{};
        while (true) {
            socklen_t size = sizeof client;
            auto* const any = reinterpret_cast<sockaddr*>(&client);
            const auto got = ::recvfrom(socket_, message.data(), message.size(), 0, any, &size);
            if (got < 4) return;
            message[2] = static_cast<char>(message[2] | is_answer);
            message[3] = no_such_name;
            ::sendto(socket_, message.data(), static_cast<std::size_t>(got), 0, any, size);
        }
    }

    int socket_ = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    std::jthread server_{};
};

/// After a first call the network swallows all packets.
class LostNetwork final : public Service {
public:
    [[nodiscard]] ClientOptions options() const override { return options_for(server_.url()); }
    void begin() override {
        taken_ = 0;
        set_loopback(false);
    }
    [[nodiscard]] bool repair() override {
        set_loopback(true);
        return true;
    }
    ~LostNetwork() override { set_loopback(true); }

private:
    RawServer server_{[this](Connection& connection, int) {
        while (!connection.read_request().empty()) {
            ++taken_;
            if (!connection.send(answer())) return;
        }
    }};
};

} // namespace

std::vector<Row> network_rows() {
    return {
        {.name = "connection refused",
         .promise = ErrorKind::network,
         .make = [] { return std::make_unique<Refused>(); }},
        {.name = "connection never answered",
         .promise = ErrorKind::timeout,
         .make = [] { return std::make_unique<Blackhole>(); }},
        {.name = "DNS: no such name",
         .promise = ErrorKind::network,
         .make = [] { return std::make_unique<Nameless>(false); },
         .within = run_in_own_network},
        {.name = "DNS: silence",
         .promise = ErrorKind::timeout,
         .make = [] { return std::make_unique<Nameless>(true); },
         .attempt_timeout = 100ms,
         .within = run_in_own_network},
        {.name = "network lost after a first call",
         .promise = ErrorKind::timeout,
         .make = [] { return std::make_unique<LostNetwork>(); },
         .attempt_timeout = 200ms,
         .starts_well = true,
         .within = run_in_own_network},
    };
}

} // namespace fathom::faults
