/// @file
/// The server's side of its connections: a thread for each, and the means to cut them.
///
/// cpp-httplib hides its sockets and has a fixed number of threads, each of which a connection holds as long as it is
/// kept alive. So that any number of clients may keep connections, and none delays the end, the emulator brings threads
/// of its own and finds sockets by their ports.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include <httplib.h>

namespace fathom::testing::detail {

/// Cuts the connection between two ports of which the first is ours; a peer of 0 stands for all.
void cut_connections(int local_port, int wanted_peer = 0);

/// As many threads as there are connections at once; they are used again.
class ConnectionThreads : public httplib::TaskQueue {
public:
    // Newer versions of cpp-httplib want to know whether there was room.
    using Enqueued = decltype(std::declval<httplib::TaskQueue&>().enqueue(std::declval<std::function<void()>>()));

    ~ConnectionThreads() override;
    Enqueued enqueue(std::function<void()> connection) override;
    void shutdown() override;

private:
    void add(std::function<void()> connection);
    void work();

    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> waiting_;
    std::vector<std::thread> threads_;
    std::size_t idle_ = 0;
    bool stopping_ = false;
};

} // namespace fathom::testing::detail
