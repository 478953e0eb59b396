// What a proxy may answer.
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "faulty_service.hpp"
#include "support/environment.hpp"
#include "support/loopback.hpp"

namespace fathom::faults {
namespace {

constexpr const char* service = "https://api.example.com/v1"; // is never reached

ClientOptions options_through(const RawServer& proxy) {
    ClientOptions options = options_for(service);
    options.connection.proxy = "http://user:SECRET@127.0.0.1:" + std::to_string(proxy.port());
    return options;
}

Error error_by(const RawServer& proxy) {
    return Client(options_through(proxy)).sites().create({.name = "Shop"}).error();
}

TEST(ProxyFaults, ARefusalIsAnAnswer) {
    for (const std::string status : {"407 Proxy Authentication Required", "403 Forbidden"}) {
        const RawServer proxy([&](Connection& connection, int) {
            connection.read_request();
            connection.send("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n");
        });
        const Error error = error_by(proxy);
        EXPECT_EQ(error.kind, ErrorKind::proxy) << error;
        EXPECT_FALSE(error.is_transient());
        EXPECT_FALSE(error.may_have_taken_effect);
        EXPECT_EQ(error.attempts, 1);
        EXPECT_NE(error.message.find(status.substr(0, 3)), std::string::npos) << error;
        EXPECT_EQ(error.to_string().find("SECRET"), std::string::npos) << error;
        EXPECT_EQ(proxy.connections(), 1);
    }
}

TEST(ProxyFaults, AProxyThatCannotReachTheServerIsAskedAgain) {
    const RawServer proxy([](Connection& connection, int) {
        connection.read_request();
        connection.send("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
    });
    const Error error = error_by(proxy);
    EXPECT_EQ(error.kind, ErrorKind::network) << error;
    EXPECT_EQ(error.attempts, 3);
    EXPECT_NE(error.message.find("connection.proxy"), std::string::npos) << error;
}

TEST(ProxyFaults, AProxyThatDoesNotAnswerIsNamedInTheRemedy) {
    const RawServer silent([](Connection& connection, int) { connection.read_to_end(); });
    const RawServer broken([](Connection& connection, int) {
        connection.read_request();
        connection.reset();
    });
    for (const RawServer* const proxy : {&silent, &broken}) {
        ClientOptions options = options_through(*proxy);
        options.connection.attempt_timeout = std::chrono::milliseconds{100};
        const Error error = Client(options).sites().create({.name = "Shop"}).error();
        EXPECT_EQ(error.kind, proxy == &silent ? ErrorKind::timeout : ErrorKind::network) << error;
        EXPECT_NE(error.message.find("check connection.proxy"), std::string::npos) << error;
    }
}

TEST(ProxyFaults, AProxyIsNotBlamedForWhatLiesBehindIt) {
    const RawServer proxy([](Connection& connection, int) {
        connection.read_request();
        connection.send("HTTP/1.1 200 Connection established\r\n\r\n");
        connection.read_some(1);
    });
    const Error error = error_by(proxy);
    EXPECT_EQ(error.kind, ErrorKind::network) << error;
    EXPECT_EQ(error.message.find("connection.proxy"), std::string::npos) << error;
}

/// Sets a variable for as long as it lives.
class Variable {
public:
    Variable(const char* name, const std::string& value) : name_(name) {
        if (const char* const before = std::getenv(name)) before_ = before; // NOLINT(concurrency-mt-unsafe): no thread
        set_variable(name, value.c_str());
    }
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;
    ~Variable() { before_ ? set_variable(name_, before_->c_str()) : unset_variable(name_); }

private:
    const char* name_;
    std::optional<std::string> before_{};
};

TEST(ProxyFaults, NoProxyIsAskedForPlainHttp) {
    const RawServer proxy([](Connection&, int) {});
    const std::string url = "http://127.0.0.1:" + std::to_string(proxy.port());
    const RawServer server([](Connection& connection, int) { serve_well(connection); });
    {
        const Variable http("http_proxy", url);
        const Variable all("all_proxy", url);
        const Variable none("no_proxy", "");
        const Variable none_either("NO_PROXY", "");
        EXPECT_TRUE(get(Client(options_for(server.url()))));
    }
    ClientOptions options = options_for(server.url());
    options.connection.proxy = url;
    EXPECT_TRUE(get(Client(options)));
    EXPECT_EQ(proxy.connections(), 0);
}

TEST(ProxyFaults, ASocksProxyThatTakesNoLoginIsNotAskedAgain) {
    const RawServer proxy([](Connection& connection, int) {
        connection.read_some(16);
        connection.send("\x05\xff"); // no method of authentication is acceptable
        connection.read_to_end();
    });
    ClientOptions options = options_for(service);
    options.connection.proxy = "socks5h://127.0.0.1:" + std::to_string(proxy.port());
    const Error error = get(Client(options)).error();
    EXPECT_EQ(error.kind, ErrorKind::proxy) << error;
    EXPECT_EQ(error.attempts, 1);
}

TEST(ProxyFaults, AProxyThatIsNotThereIsNamedInTheRemedy) {
    // Bound, so that no other test gets it, and nobody listens.
    const int held = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    ASSERT_EQ(::bind(held, reinterpret_cast<const sockaddr*>(&address), size), 0);
    ASSERT_EQ(::getsockname(held, reinterpret_cast<sockaddr*>(&address), &size), 0);
    const int port = ntohs(address.sin_port);
    ClientOptions options = options_for(service);
    options.connection.proxy = "http://u:SECRET@127.0.0.1:" + std::to_string(port);
    const Error error = get(Client(options)).error();
    EXPECT_EQ(error.kind, ErrorKind::network) << error;
    EXPECT_NE(error.message.find("connection.proxy"), std::string::npos) << error;
    EXPECT_EQ(error.to_string().find("SECRET"), std::string::npos) << error;
    ::close(held);
}

} // namespace
} // namespace fathom::faults
