// Connections are kept, also where each carries one call at a time.
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <fathom/fathom.hpp>

#include "http2_service.hpp"

namespace fathom {
namespace {

TEST_F(Http2, KeepsTheConnectionsOfManyCallsWhileFewAreMade) {
    constexpr std::size_t most = 80;
    std::size_t calls = 0;
    {
        const AsyncClient client{{.api_key = "key", .base_url = "http://127.0.0.1:" + std::to_string(plain_port)}};
        const auto call_at_once = [&](std::size_t count) {
            std::vector<Future<HttpResponse>> answers;
            while (answers.size() < count) answers.push_back(client.request({.path = "/" + std::to_string(++calls)}));
            for (auto& answer : answers) EXPECT_EQ(answer.get().value().status, 204);
        };
        call_at_once(most);
        for (std::size_t time = 0; time < most; ++time) call_at_once(1);
        call_at_once(most);
    }
    std::set<std::string> connections;
    const auto served = plain_requests();
    for (const auto& [protocol, connection] : served) {
        EXPECT_EQ(protocol, "HTTP/1.1");
        connections.insert(connection);
    }
    EXPECT_EQ(served.size(), calls);
    EXPECT_LE(connections.size(), most);
}

} // namespace
} // namespace fathom
