// Requests that leave in one turn travel together.
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

#include <fathom/fathom.hpp>

#include "counting_relay.hpp"
#include "http2_service.hpp"

namespace fathom {
namespace {

TEST_F(Http2, SendsTheRequestsOfOneTurnInFewPieces) {
#if !defined(TCP_CORK)
    GTEST_SKIP() << "this system cannot hold back what is written";
#endif
    constexpr std::size_t calls = 64;
    CountingRelay relay(port);
    std::size_t pieces = 0;
    {
        const AsyncClient client(client_options(relay.port()));
        const auto site = [&](std::size_t number) {
            return client.sites().get(SiteId{"SITE" + std::to_string(number)});
        };
        // A continuation runs between two turns, so the next one starts all of these.
        const auto start_all = [&](const Result<Site>&) {
            pieces = relay.pieces_from_client();
            std::vector<Future<Site>> sites;
            for (std::size_t number = 1; number <= calls; ++number) sites.push_back(site(number));
            return when_all(std::move(sites));
        };
        const auto sites = site(0).then(start_all).get();
        ASSERT_TRUE(sites);
        for (const Result<Site>& each : *sites) EXPECT_TRUE(each);
        pieces = relay.pieces_from_client() - pieces;
    }
    EXPECT_EQ(requests().size(), calls + 1);
    EXPECT_LT(pieces, calls / 4);
}

} // namespace
} // namespace fathom
