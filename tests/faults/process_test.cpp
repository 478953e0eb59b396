// What holds of the client's connections for the process: what programs get of them that it starts, and when they end.
#include <vector>

#include <gtest/gtest.h>

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "faulty_service.hpp"

namespace fathom::faults {
namespace {

bool is_connected_to(int descriptor, int port) {
    sockaddr_in peer{};
    socklen_t size = sizeof peer;
    if (::getpeername(descriptor, reinterpret_cast<sockaddr*>(&peer), &size) != 0) return false;
    return peer.sin_family == AF_INET && ntohs(peer.sin_port) == port;
}

std::vector<int> connections_to(int port) {
    constexpr int most_descriptors = 1024;
    std::vector<int> found;
    for (int descriptor = 0; descriptor < most_descriptors; ++descriptor) {
        if (is_connected_to(descriptor, port)) found.push_back(descriptor);
    }
    return found;
}

TEST(StartedPrograms, InheritNoConnection) {
    const RawServer server([](Connection& connection, int) { serve_well(connection); });
    const Client client(options_for(server.url()));
    ASSERT_TRUE(get(client));
    const std::vector<int> connections = connections_to(server.port());
    ASSERT_EQ(connections.size(), 1U);
    EXPECT_NE(::fcntl(connections.front(), F_GETFD) & FD_CLOEXEC, 0);
}

#if defined(TCP_USER_TIMEOUT)
TEST(Connections, EndWhereWhatTheySentStaysUnacknowledged) {
    const RawServer server([](Connection& connection, int) { serve_well(connection); });
    const Client client(options_for(server.url()));
    ASSERT_TRUE(get(client));
    const std::vector<int> connections = connections_to(server.port());
    ASSERT_EQ(connections.size(), 1U);
    unsigned longest = 0;
    socklen_t size = sizeof longest;
    ASSERT_EQ(::getsockopt(connections.front(), IPPROTO_TCP, TCP_USER_TIMEOUT, &longest, &size), 0);
    EXPECT_EQ(longest, 20'000U);
}
#endif

} // namespace
} // namespace fathom::faults
