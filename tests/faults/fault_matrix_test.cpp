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
#include "http1_faults.hpp"

namespace fathom::faults {
namespace {

using namespace std::chrono_literals;

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
ClientOptions options_against(const Http1Fault& fault, const RawServer& server) {
    ClientOptions options = options_for(server.url());
    options.retry.max_attempts = 2;
    options.connection.attempt_timeout = fault.expected == ErrorKind::timeout ? 100ms : 10s;
    options.connection.max_response_bytes = 100'000;
    return options;
}

/// One cell. @return the kind that was met
template <class AnyClient, class Call>
std::string_view run(const Http1Fault& fault, const Operation& operation, const Call& call) {
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
bool is_of_use_after(const Http1Fault& fault, const Get& get_site) {
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
    for (const Http1Fault& fault : http1_faults()) {
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
    for (const Http1Fault& fault : http1_faults()) {
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
