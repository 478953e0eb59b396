// What becomes of a client when the process forks.
#include <sys/wait.h>
#include <unistd.h>

#include <memory>

#include "flows/emulated_service.hpp"

namespace fathom {
namespace {

class Fork : public EmulatedService {
protected:
    /// Whether the check holds in a child of this process.
    template <class Check>
    static bool holds_in_child(Check check) {
        const pid_t child = ::fork();
        if (child == 0) ::_exit(check() ? 0 : 1);
        int status = 0;
        ::waitpid(child, &status, 0);
        return WIFEXITED(status) && WEXITSTATUS(status) == 0;
    }

    Fork() { EXPECT_TRUE(client->sites().get(site).get()); } // so that there is a thread, and a connection

    std::unique_ptr<AsyncClient> client = std::make_unique<AsyncClient>(client_options());
};

TEST_F(Fork, LeavesTheChildAClientThatRefusesBlockingCalls) {
    EXPECT_TRUE(holds_in_child([this] {
        const auto found = client->blocking().sites().get(site);
        return !found && found.error().message.find("fork()") != std::string::npos;
    }));
}

TEST_F(Fork, LeavesTheChildAClientThatRefusesFutures) {
    EXPECT_TRUE(
        holds_in_child([this] { return client->sites().get(site).get().error().kind == ErrorKind::invalid_argument; }));
}

TEST_F(Fork, LeavesTheChildFuturesThatRefuseToBeWaitedFor) {
    emulator.inject(testing::faults::delay(std::chrono::seconds{1}), {.times = 1});
    Future<Site> future = client->sites().get(site);
    ASSERT_TRUE(emulator.wait_for_requests(2, std::chrono::seconds{20}));
    EXPECT_TRUE(holds_in_child([&] {
        future.cancel();
        if (future.is_ready() || future.wait_for(std::chrono::hours{1})) return false;
        const Result<Site> continued = std::move(future).then([](Result<Site> found) { return found; }).get();
        return !continued && continued.error().kind == ErrorKind::invalid_argument &&
               continued.error().message.find("fork()") != std::string::npos;
    }));
    EXPECT_TRUE(future.get()) << "in the parent, where nothing has changed";
}

TEST_F(Fork, LetsTheChildMakeAClientOfItsOwn) {
    EXPECT_TRUE(holds_in_child([this] { return Client(client_options()).sites().get(site).has_value(); }));
}

TEST_F(Fork, LeavesTheParentItsConnectionWhenTheChildDestroysTheClient) {
    EXPECT_TRUE(holds_in_child([this] {
        client.reset();
        return true;
    }));
    EXPECT_TRUE(client->sites().get(site).get());
}

} // namespace
} // namespace fathom
