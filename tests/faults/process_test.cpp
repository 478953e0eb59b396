// What a program that this one starts gets of the client's connections.
#include <gtest/gtest.h>

#include <fcntl.h>
#include <netinet/in.h>
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

TEST(StartedPrograms, InheritNoConnection) {
    const RawServer server([](Connection& connection, int) { serve_well(connection); });
    const Client client(options_for(server.url()));
    ASSERT_TRUE(get(client));
    int connections = 0;
    constexpr int most_descriptors = 1024;
    for (int descriptor = 0; descriptor < most_descriptors; ++descriptor) {
        if (!is_connected_to(descriptor, server.port())) continue;
        ++connections;
        EXPECT_NE(::fcntl(descriptor, F_GETFD) & FD_CLOEXEC, 0);
    }
    EXPECT_EQ(connections, 1);
}

} // namespace
} // namespace fathom::faults
