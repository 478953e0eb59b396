// What happens when memory runs out while an answer comes in.
#include <cstdlib>
#include <limits>
#include <new>
#include <string>

#include <gtest/gtest.h>

#include "faulty_service.hpp"

namespace {

/// Of this thread: the server has room.
thread_local std::size_t largest_allocation = std::numeric_limits<std::size_t>::max();

} // namespace

// NOLINTBEGIN(cppcoreguidelines-no-malloc): this is what the operators stand on
void* operator new(std::size_t size) {
    if (size > largest_allocation) throw std::bad_alloc();
    if (void* const memory = std::malloc(size)) return memory;
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
// NOLINTEND(cppcoreguidelines-no-malloc)

namespace fathom::faults {
namespace {

TEST(OutOfMemory, FailsTheCallWhoseAnswerFindsNoRoomAndNoOther) {
    const std::string large(4'000'000, ' ');
    const RawServer server([&](Connection& connection, int) {
        while (true) {
            const std::string request = connection.read_request();
            if (request.empty()) return;
            connection.send(request.starts_with("GET /v1/sites/large ") ? answer(large) : answer());
        }
    });
    const Client client(options_for(server.url()));
    ASSERT_TRUE(get(client));
    largest_allocation = 1'000'000;
    const Error error = client.sites().get(SiteId{"large"}).error();
    largest_allocation = std::numeric_limits<std::size_t>::max();
    EXPECT_EQ(error.kind, ErrorKind::internal) << error;
    for (int call = 0; call < 3; ++call) {
        const Result<Site> site = get(client);
        EXPECT_TRUE(site) << site.error();
    }
}

} // namespace
} // namespace fathom::faults
