// Calls over TLS and HTTP/2, served by nginx.
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include <fathom/fathom.hpp>

#include "http2_service.hpp"
#include "support/poll_loop.hpp"

namespace fathom {
namespace {

/// That so many requests came, all of them by HTTP/2 over the same connection.
template <class Requests>
void expect_one_connection(const Requests& served, int calls) {
    std::set<std::string> connections;
    for (const auto& [protocol, connection] : served) {
        EXPECT_EQ(protocol, "HTTP/2.0");
        connections.insert(connection);
    }
    EXPECT_EQ(served.size(), static_cast<std::size_t>(calls));
    EXPECT_EQ(connections.size(), 1U);
}

TEST_F(Http2, CarriesManyCallsInFlightOverOneConnection) {
    constexpr int calls = 64;
    {
        const AsyncClient client(client_options());
        std::vector<Future<Site>> sites;
        for (int number = 0; number < calls; ++number) {
            sites.push_back(client.sites().get(SiteId{"SITE" + std::to_string(number)}));
        }
        for (Future<Site>& site : sites) EXPECT_TRUE(site.get());
    }
    expect_one_connection(requests(), calls);
}

TEST_F(Http2, CarriesManyCallsInFlightOfAnEventLoop) {
    constexpr int calls = 64;
    std::size_t turns = 0;
    {
        const EventLoopClient client(client_options());
        PollLoop loop(client);
        int done = 0;
        for (int number = 0; number < calls; ++number) {
            client.sites()
                .get(SiteId{"SITE" + std::to_string(number)})
                .then([&](Result<Site> site) { done += site ? 1 : 0; })
                .detach();
        }
        EXPECT_TRUE(loop.run_until([&] { return done == calls; }));
        turns = loop.turns();
        loop.idle_for(std::chrono::milliseconds{100});
        EXPECT_LE(loop.turns() - turns, 3U);
    }
    expect_one_connection(requests(), calls);
    EXPECT_LE(turns, 10U * calls);
}

TEST_F(Http2, ReadsLargeAnswersInAnEventLoop) {
    const std::string content(3'000'000, 'a');
    serve("large", content);
    const EventLoopClient client(client_options());
    PollLoop loop(client);
    Future<HttpResponse> answer = client.request({.path = "/files/large"});
    ASSERT_TRUE(loop.run_until([&] { return answer.is_ready(); }));
    EXPECT_EQ(answer.get().value().body, content);
}

TEST_F(Http2, CarriesCallsOfManyThreadsOverOneConnection) {
    {
        const Client client(client_options());
        std::vector<std::jthread> threads;
        for (int number = 0; number < 8; ++number) {
            threads.emplace_back(
                [&client, number] { EXPECT_TRUE(client.sites().get(SiteId{"SITE" + std::to_string(number)})); });
        }
    }
    std::set<std::string> connections;
    for (const auto& [protocol, connection] : requests()) connections.insert(connection);
    EXPECT_EQ(connections.size(), 1U);
}

TEST_F(Http2, ReadsLargeAnswersOfManyCallsSideBySide) {
    constexpr int calls = 8;
    for (int number = 0; number < calls; ++number) {
        serve(std::to_string(number), std::string(3'000'000, static_cast<char>('a' + number)));
    }
    const AsyncClient client(client_options());
    std::vector<Future<HttpResponse>> answers;
    for (int number = 0; number < calls; ++number) {
        answers.push_back(client.request({.path = "/files/" + std::to_string(number)}));
    }
    for (int number = 0; number < calls; ++number) {
        const std::string body = answers[static_cast<std::size_t>(number)].get().value().body;
        EXPECT_EQ(body, std::string(3'000'000, static_cast<char>('a' + number)));
    }
}

TEST_F(Http2, SendsLargeBodiesOfManyCallsSideBySide) {
    const AsyncClient client(client_options());
    std::vector<Future<HttpResponse>> answers;
    for (int number = 0; number < 8; ++number) {
        answers.push_back(
            client.request({.method = HttpMethod::post, .path = "/read/", .body = std::string(900'000, ' ')}));
    }
    for (auto& answer : answers) EXPECT_EQ(answer.get().value().status, 204);
}

TEST_F(Http2, RefusesACertificateOfNobodyItTrusts) {
    ClientOptions options = client_options();
    options.connection.ca_file.clear();
    const Error error = Client(options).sites().get(SiteId{"SITE"}).error();
    EXPECT_EQ(error.kind, ErrorKind::tls) << error;
    EXPECT_TRUE(requests().empty());
}

TEST_F(Http2, RefusesACertificateOfAnotherHost) {
    ClientOptions options = client_options();
    options.base_url = "https://127.0.0.1" + options.base_url.substr(std::string("https://localhost").size());
    EXPECT_EQ(Client(options).sites().get(SiteId{"SITE"}).error().kind, ErrorKind::tls);
}

} // namespace
} // namespace fathom
