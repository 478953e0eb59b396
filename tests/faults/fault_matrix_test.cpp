// Every fault, at every kind of operation, with both clients: how the call ends, that a create is not sent twice, and that the
// client is of use afterwards. Prints the table that docs/reliability.md shows.
#include <atomic>
#include <chrono>
#include <functional>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "faulty_service.hpp"

namespace fathom::faults {
namespace {

using namespace std::chrono_literals;

/// What a fault does with a request that has been read. The connection ends after it.
struct Fault {
    std::string name;
    ErrorKind expected;
    std::function<void(Connection&)> answer;
    bool is_before_request = false;
};

void send_and_wait(Connection& connection, std::string_view text) {
    connection.send(text);
    connection.read_to_end();
}

std::vector<Fault> faults() {
    const std::string head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    constexpr std::size_t much = 100'000'000;
    return {
        {"reset before the request", ErrorKind::network, [](Connection& c) { c.reset(); }, true},
        {"reset after the request", ErrorKind::network, [](Connection& c) { c.reset(); }},
        {"end after the request", ErrorKind::network, [](Connection&) {}},
        {"end inside the head", ErrorKind::network, [=](Connection& c) { c.send(head); }},
        {"reset inside the head", ErrorKind::network,
         [=](Connection& c) {
             c.send(head);
             c.reset();
         }},
        {"end inside the body", ErrorKind::network,
         [=](Connection& c) { c.send(head + "Content-Length: 99\r\n\r\n{"); }},
        {"reset inside the body", ErrorKind::network,
         [=](Connection& c) {
             c.send(head + "Content-Length: 99\r\n\r\n{");
             c.reset();
         }},
        {"silence", ErrorKind::timeout, [](Connection& c) { c.read_to_end(); }},
        {"silence inside the head", ErrorKind::timeout, [=](Connection& c) { send_and_wait(c, head); }},
        {"silence inside the body", ErrorKind::timeout,
         [=](Connection& c) { send_and_wait(c, head + "Content-Length: 99\r\n\r\n{"); }},
        {"length that is no number", ErrorKind::network,
         [=](Connection& c) { send_and_wait(c, head + "Content-Length: -5\r\n\r\n{}"); }},
        {"chunk without a size", ErrorKind::network,
         [=](Connection& c) { send_and_wait(c, head + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n"); }},
        {"end inside a chunk", ErrorKind::network,
         [=](Connection& c) { c.send(head + "Transfer-Encoding: chunked\r\n\r\n99\r\n{"); }},
        {"no HTTP", ErrorKind::network, [](Connection& c) { send_and_wait(c, "220 mail.example.com ESMTP\r\n"); }},
        {"compression that is none", ErrorKind::network,
         [=](Connection& c) { send_and_wait(c, head + "Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd"); }},
        {"head without end", ErrorKind::response_too_large,
         [=](Connection& c) {
             c.send(head);
             c.flood("X-Header: x\r\n", much);
         }},
        {"trailers without end", ErrorKind::response_too_large,
         [=](Connection& c) {
             c.send(head + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n");
             c.flood("X-Trailer: x\r\n", much);
         }},
        {"interim answers without end", ErrorKind::response_too_large,
         [=](Connection& c) { c.flood("HTTP/1.1 103 Early Hints\r\n\r\n", much); }},
        {"body without end", ErrorKind::response_too_large,
         [=](Connection& c) {
             c.send(head + "\r\n");
             c.flood("xxxxxxxx", much);
         }},
        {"redirect", ErrorKind::unexpected_status,
         [](Connection& c) {
             c.send("HTTP/1.1 302 Found\r\nLocation: https://example.com/\r\nContent-Length: 0\r\n\r\n");
         }},
    };
}

/// A kind of operation, with either client. @return the error; nothing where it succeeded
struct Operation {
    std::string name;
    bool is_idempotent;
    std::function<std::optional<Error>(const Client&)> blocking;
    std::function<std::optional<Error>(const AsyncClient&)> async;
};

template <class T>
std::optional<Error> error_of(const Result<T>& result) {
    return result ? std::nullopt : std::optional(result.error());
}

std::vector<Operation> operations() {
    const SiteId site{"A"};
    return {
        {"read", true, [=](const Client& c) { return error_of(c.sites().get(site)); },
         [=](const AsyncClient& c) { return error_of(c.sites().get(site).get()); }},
        {"list", true, [](const Client& c) { return error_of(c.sites().list().collect()); },
         [](const AsyncClient& c) { return error_of(c.sites().list().collect().get()); }},
        {"report", true, [=](const Client& c) { return error_of(c.current_visitors().get(site)); },
         [=](const AsyncClient& c) { return error_of(c.current_visitors().get(site).get()); }},
        {"create", false, [](const Client& c) { return error_of(c.sites().create({.name = "Shop"})); },
         [](const AsyncClient& c) { return error_of(c.sites().create({.name = "Shop"}).get()); }},
        {"update", true, [=](const Client& c) { return error_of(c.sites().update(site, {.name = "Shop"})); },
         [=](const AsyncClient& c) { return error_of(c.sites().update(site, {.name = "Shop"}).get()); }},
        {"remove", true, [=](const Client& c) { return error_of(c.sites().remove(site, irreversible)); },
         [=](const AsyncClient& c) { return error_of(c.sites().remove(site, irreversible).get()); }},
    };
}

/// Patient where an answer comes that is wrong, and not where none comes.
ClientOptions options_against(const Fault& fault, const RawServer& server) {
    ClientOptions options = options_for(server.url());
    options.retry.max_attempts = 2;
    options.connection.attempt_timeout = fault.expected == ErrorKind::timeout ? 100ms : 10s;
    options.connection.max_response_bytes = 100'000;
    return options;
}

/// One cell. @return the kind that was met
template <class AnyClient, class Call>
std::string_view run(const Fault& fault, const Operation& operation, const Call& call) {
    std::atomic<int> requests = 0;
    const RawServer server([&](Connection& connection, int) {
        if (!fault.is_before_request && connection.read_request().empty()) return;
        ++requests;
        fault.answer(connection);
    });
    const std::optional<Error> error = call(AnyClient(options_against(fault, server)));
    const std::string cell = fault.name + ", " + operation.name;
    EXPECT_TRUE(error) << cell;
    if (!error) return "success";
    EXPECT_EQ(error->kind, fault.expected) << cell << ": " << *error;
    const bool may_be_sent_once = !operation.is_idempotent && !fault.is_before_request;
    if (may_be_sent_once) {
        EXPECT_EQ(requests, 1) << cell;
    }
    EXPECT_EQ(error->to_string().find("secret-key"), std::string::npos) << cell;
    return to_string(error->kind);
}

/// Whether a client that has met a fault is answered when the server answers again.
template <class AnyClient, class Get>
bool is_of_use_after(const Fault& fault, const Get& get_site) {
    std::atomic<bool> is_faulty = true;
    const RawServer server([&](Connection& connection, int) {
        if (!is_faulty) return serve_well(connection);
        if (!fault.is_before_request && connection.read_request().empty()) return;
        fault.answer(connection);
    });
    ClientOptions options = options_against(fault, server);
    options.connection.attempt_timeout = 10s;
    const AnyClient client(options);
    const bool has_failed = !get_site(client, fault.expected == ErrorKind::timeout ? 100ms : 10'000ms);
    is_faulty = false;
    return has_failed && get_site(client, 10'000ms);
}

TEST(FaultMatrix, EndsEachCallAsPromised) {
    const std::vector<Operation> all = operations();
    std::cout << "| Fault |";
    for (const Operation& operation : all) std::cout << ' ' << operation.name << " |";
    std::cout << "\n|---|";
    for (std::size_t column = 0; column < all.size(); ++column) std::cout << "---|";
    std::cout << '\n';
    int cells = 0;
    for (const Fault& fault : faults()) {
        std::cout << "| " << fault.name << " |";
        for (const Operation& operation : all) {
            const std::string_view blocking = run<Client>(fault, operation, operation.blocking);
            const std::string_view async = run<AsyncClient>(fault, operation, operation.async);
            EXPECT_EQ(blocking, async) << fault.name << ", " << operation.name;
            std::cout << ' ' << blocking << " |";
            cells += 2;
        }
        std::cout << '\n';
    }
    std::cout << cells << " cells\n";
}

TEST(FaultMatrix, LeavesEachClientOfUse) {
    const SiteId site{"A"};
    for (const Fault& fault : faults()) {
        EXPECT_TRUE(is_of_use_after<Client>(fault, [&](const Client& client, std::chrono::milliseconds timeout) {
            return client.sites().get(site, {.timeout = timeout}).has_value();
        })) << fault.name;
        EXPECT_TRUE(is_of_use_after<AsyncClient>(fault, [&](const AsyncClient& client,
                                                            std::chrono::milliseconds timeout) {
            return client.sites().get(site, {.timeout = timeout}).get().has_value();
        })) << fault.name;
    }
}

} // namespace
} // namespace fathom::faults
