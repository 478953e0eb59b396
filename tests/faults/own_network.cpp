#include "own_network.hpp"

#include <cstring>
#include <fstream>
#include <stdexcept>
#include <string>
#include <thread>

#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <unistd.h>

namespace fathom::faults {

namespace {

/// A file of its own in place of the system's, in this thread's view of the file system.
bool replace_resolver() {
    if (::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return false;
    std::string path = "/tmp/fathom-resolver-XXXXXX";
    const int file = ::mkstemp(path.data());
    if (file < 0) return false;
    ::close(file);
    std::ofstream(path) << "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n";
    const bool is_replaced = ::mount(path.c_str(), "/etc/resolv.conf", nullptr, MS_BIND, nullptr) == 0;
    ::unlink(path.c_str());
    return is_replaced;
}

} // namespace

bool run_in_own_network(const std::function<void()>& function) {
    bool has_run = false;
    std::jthread([&] {
        if (::unshare(CLONE_NEWNET | CLONE_NEWNS) != 0 || !replace_resolver()) return;
        set_loopback(true);
        function();
        has_run = true;
    }).join();
    return has_run;
}

void set_loopback(bool is_up) {
    const int socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    ifreq request{};
    std::strncpy(request.ifr_name, "lo", IFNAMSIZ - 1);
    const bool is_known = ::ioctl(socket, SIOCGIFFLAGS, &request) == 0;
    constexpr short up = IFF_UP;
    request.ifr_flags = static_cast<short>(is_up ? request.ifr_flags | up : request.ifr_flags & ~up);
    const bool is_set = is_known && ::ioctl(socket, SIOCSIFFLAGS, &request) == 0;
    ::close(socket);
    if (!is_set) throw std::runtime_error("cannot switch the loopback interface");
}

} // namespace fathom::faults
