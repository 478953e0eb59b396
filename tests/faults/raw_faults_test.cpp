// What a server may do over a connection of HTTP/1.1.
#include <atomic>
#include <latch>
#include <string>

#include <gtest/gtest.h>

#include "faulty_service.hpp"
#include "http1_faults.hpp"

namespace fathom::faults {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t one_gigabyte = 1'000'000'000;

TEST(RawFaults, TrailersWithoutEndAreTooLarge) {
    const RawServer server([](Connection& connection, int) {
        connection.read_request();
        connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n");
        connection.flood("X-Trailer: and so on\r\n", one_gigabyte);
    });
    const Error error = get(Client(options_for(server.url()))).error();
    EXPECT_EQ(error.kind, ErrorKind::response_too_large) << error;
    EXPECT_EQ(error.attempts, 1);
}

TEST(RawFaults, AHeadWithoutEndIsTooLarge) {
    const RawServer server([](Connection& connection, int) {
        connection.read_request();
        connection.send("HTTP/1.1 200 OK\r\n");
        connection.flood("X-Header: and so on\r\n", one_gigabyte);
    });
    EXPECT_EQ(get(Client(options_for(server.url()))).error().kind, ErrorKind::response_too_large);
}

TEST(RawFaults, AHeaderLineWithoutEndIsTooLarge) {
    const RawServer server([](Connection& connection, int) {
        connection.read_request();
        connection.send("HTTP/1.1 200 OK\r\nX-Header: ");
        connection.flood("and so on", one_gigabyte);
    });
    EXPECT_EQ(get(Client(options_for(server.url()))).error().kind, ErrorKind::response_too_large);
}

TEST(RawFaults, InterimAnswersWithoutEndAreTooLarge) {
    const RawServer server([](Connection& connection, int) {
        connection.read_request();
        connection.flood("HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n", one_gigabyte);
    });
    EXPECT_EQ(get(Client(options_for(server.url()))).error().kind, ErrorKind::response_too_large);
}

TEST(RawFaults, ACompressedBodyThatComesToNothingIsTooLarge) {
    const RawServer server([](Connection& connection, int) {
        connection.read_request();
        connection.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n");
        connection.send(std::string("\x1f\x8b\x08\0\0\0\0\0\0\xff", 10));
        connection.flood(std::string("\0\0\0\xff\xff", 5), one_gigabyte); // empty blocks of deflate
    });
    ClientOptions options = options_for(server.url());
    options.connection.max_response_bytes = 1'000'000;
    EXPECT_EQ(get(Client(options)).error().kind, ErrorKind::response_too_large);
}

TEST(RawFaults, ABodyThatIsLargeOnlyWhenItIsDecompressedIsTooLarge) {
    const std::string zeros = compressed_zeros(4'000'000);
    const RawServer server([&](Connection& connection, int) {
        connection.read_request();
        connection.send(answer(zeros, "Content-Encoding: gzip\r\n"));
        connection.read_to_end();
    });
    ClientOptions options = options_for(server.url());
    options.connection.max_response_bytes = 1'000'000;
    ASSERT_LT(zeros.size(), 100'000U);
    const Error error = get(Client(options)).error();
    EXPECT_EQ(error.kind, ErrorKind::response_too_large) << error;
    EXPECT_EQ(error.attempts, 1);
}

TEST(RawFaults, AnEndInsideTheHeadIsNoAnswer) {
    const std::string_view head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 0\r\n\r\n";
    for (std::size_t size = 0; size < head.size(); size += 7) {
        std::atomic<int> requests = 0;
        const RawServer server([&](Connection& connection, int) {
            connection.read_request();
            ++requests;
            connection.send(head.substr(0, size));
        });
        const auto removed = Client(options_for(server.url())).sites().remove(SiteId{"A"}, irreversible);
        ASSERT_FALSE(removed) << size << " bytes";
        EXPECT_EQ(removed.error().kind, ErrorKind::network) << removed.error();
        EXPECT_EQ(requests, 3) << size << " bytes";
    }
}

TEST(RawFaults, AnInterimAnswerAloneIsNoAnswer) {
    const RawServer server([](Connection& connection, int) {
        connection.read_request();
        connection.send("HTTP/1.1 103 Early Hints\r\n\r\n");
    });
    EXPECT_EQ(get(Client(options_for(server.url()))).error().kind, ErrorKind::network);
}

/// Ends a connection as servers do that close idle ones: what is sent just then crosses it, and is not read.
void close_as_idle(Connection& connection) {
    connection.send("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
}

TEST(RawFaults, ARequestThatCrossesTheEndOfAnIdleConnectionIsSentAgain) {
    const RawServer server([](Connection& connection, int number) {
        if (number % 2 == 0) return serve_well(connection);
        connection.read_request();
        connection.send(answer());
        connection.read_request();
        close_as_idle(connection);
    });
    const Client reading(options_for(server.url()));
    ASSERT_TRUE(get(reading));
    const auto read = get(reading);
    EXPECT_TRUE(read) << read.error();
    const Client writing(options_for(server.url()));
    ASSERT_TRUE(get(writing));
    const auto created = writing.sites().create({.name = "Shop"});
    EXPECT_TRUE(created) << created.error();
    EXPECT_EQ(server.connections(), 4);
}

TEST(RawFaults, TheWordThatEndsAnIdleConnectionIsNoAnswer) {
    const RawServer server([](Connection& connection, int number) {
        if (number > 1) return serve_well(connection);
        connection.read_request();
        connection.send(answer());
        close_as_idle(connection);
    });
    const Client client(options_for(server.url()));
    ASSERT_TRUE(get(client));
    const auto created = client.sites().create({.name = "Shop"});
    EXPECT_TRUE(created) << created.error();
    EXPECT_EQ(server.connections(), 2);
}

TEST(RawFaults, WhatComesUnaskedOnAnIdleConnectionIsNoAnswer) {
    for (const std::string_view stray :
         {"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 200 OK\r\n"
                                                                   "Content-Length: 2\r\n\r\n{}"}) {
        std::atomic<bool> has_come = false;
        std::atomic<int> removals = 0;
        const RawServer server([&](Connection& connection, int number) {
            if (number > 1) {
                connection.read_request();
                ++removals;
                connection.send(answer());
                return connection.read_to_end();
            }
            connection.read_request();
            connection.send(answer());
            connection.send(stray);
            has_come = true;
            has_come.notify_all();
            connection.read_to_end();
        });
        const Client client(options_for(server.url()));
        ASSERT_TRUE(get(client));
        has_come.wait(false);
        const auto removed = client.sites().remove(SiteId{"A"}, irreversible);
        EXPECT_TRUE(removed) << removed.error();
        EXPECT_EQ(removals, 1) << stray;
    }
}

TEST(RawFaults, AnAnswerThatIsAnnouncedAsTooLargeIsNotWaitedFor) {
    const RawServer server([](Connection& connection, int) {
        connection.read_request();
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n{");
        connection.read_to_end();
    });
    const Error error = get(Client(options_for(server.url()))).error();
    EXPECT_EQ(error.kind, ErrorKind::response_too_large) << error;
    EXPECT_NE(error.message.find("connection.max_response_bytes"), std::string::npos) << error;
    EXPECT_EQ(server.connections(), 1);
}

/// How often a handshake was tried, and what came of the call.
struct Handshakes {
    int count;
    Result<Site> site;
};

Handshakes after_first_handshake(void (*end)(Connection&)) {
    const Identity identity = make_identity();
    const TlsContext context = server_context(identity, "http/1.1");
    const RawServer server([&](Connection& connection, int number) {
        if (number == 1) {
            connection.read_some(1);
            return end(connection);
        }
        if (connection.start_tls(context.get())) serve_well(connection);
    });
    Result<Site> site = get(Client(options_for(server, identity)));
    return {server.connections(), std::move(site)};
}

TEST(RawFaults, AResetInsideTheHandshakeIsRepeated) {
    const Handshakes made = after_first_handshake([](Connection& connection) { connection.reset(); });
    EXPECT_TRUE(made.site) << made.site.error();
    EXPECT_EQ(made.count, 2);
}

TEST(RawFaults, AnEndInsideTheHandshakeIsRepeated) {
    const Handshakes made = after_first_handshake([](Connection& connection) { connection.read_some(4096); });
    EXPECT_TRUE(made.site) << made.site.error();
    EXPECT_EQ(made.count, 2);
}

TEST(RawFaults, AHandshakeThatAlwaysBreaksIsAFailureOfTheNetwork) {
    const RawServer server([](Connection& connection, int) {
        connection.read_some(1);
        connection.reset();
    });
    const Error error = Client(options_for(server.url("https"))).sites().create({.name = "Shop"}).error();
    EXPECT_EQ(error.kind, ErrorKind::network) << error;
    EXPECT_EQ(error.attempts, 3) << "nothing was sent";
    EXPECT_FALSE(error.may_have_taken_effect);
    EXPECT_TRUE(error.is_transient());
}

TEST(RawFaults, OneSpellingOfAUrlHoweverOftenItsConnectionIsUsed) {
    std::vector<std::string> targets;
    {
        const RawServer server([&](Connection& connection, int) {
            for (std::string request; !(request = connection.read_request()).empty(); connection.send(answer())) {
                targets.push_back(request.substr(0, request.find("\r\n")));
            }
        });
        const Client client(options_for(server.url()));
        for (int call = 0; call < 3; ++call) EXPECT_TRUE(client.sites().get(SiteId{"a/b"}));
    }
    EXPECT_EQ(targets, std::vector<std::string>(3, "GET /v1/sites/a%2Fb HTTP/1.1"));
}

TEST(RawFaults, AfterASilentConnectionNoneThatIsAsOldIsUsed) {
    constexpr int old = 4;
    std::atomic<int> answered_late = 0;
    std::latch all_have_come(old); // so that none of them is used for two of the first calls
    const RawServer server([&](Connection& connection, int number) {
        connection.read_request();
        if (number <= old) all_have_come.arrive_and_wait();
        connection.send(answer());
        if (number > old) return serve_well(connection);
        if (!connection.read_request().empty()) ++answered_late;
        connection.read_to_end();
    });
    ClientOptions options = options_for(server.url());
    options.connection.attempt_timeout = 2s;
    const AsyncClient client(options);
    std::vector<Future<Site>> first;
    for (int number = 0; number < old; ++number) first.push_back(client.sites().get(SiteId{std::to_string(number)}));
    for (Future<Site>& site : first) ASSERT_TRUE(site.get());
    EXPECT_TRUE(client.sites().get(SiteId{"next"}).get());
    EXPECT_EQ(answered_late, 1);
}

} // namespace
} // namespace fathom::faults
