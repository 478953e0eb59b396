#include "name_lookup.hpp"

#include <array>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#if defined(_WIN32)
#include <winsock2.h>
#include <ws2tcpip.h>
#else
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#endif

namespace fathom::detail {

namespace {

NameLookup::Addresses look_up(const std::string& host, int flags) {
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = flags;
    addrinfo* list = nullptr;
    if (::getaddrinfo(host.c_str(), nullptr, &hints, &list) != 0) return {};
    const std::unique_ptr<addrinfo, void (*)(addrinfo*)> found(list, [](addrinfo* all) { ::freeaddrinfo(all); });
    NameLookup::Addresses addresses;
    for (const addrinfo* each = found.get(); each != nullptr; each = each->ai_next) {
        constexpr std::size_t longest = 128; // a zone included
        std::array<char, longest> text{};
        const bool is_told = ::getnameinfo(each->ai_addr, static_cast<socklen_t>(each->ai_addrlen), text.data(),
                                           static_cast<socklen_t>(text.size()), nullptr, 0, NI_NUMERICHOST) == 0;
        if (is_told) addresses.emplace_back(text.data());
    }
    return addresses;
}

} // namespace

struct NameLookup::Outcome {
    std::mutex mutex{};
    std::condition_variable is_known{};
    std::optional<Addresses> addresses{};
};

NameLookup::NameLookup(const std::string& host) : outcome_(std::make_shared<Outcome>()) {
    if (Addresses itself = look_up(host, AI_NUMERICHOST); !itself.empty()) {
        outcome_->addresses = std::move(itself);
        return;
    }
    // Nobody could end a look-up, so nobody waits for the thread either; it owns what it uses.
    std::thread([host, outcome = outcome_] {
        Addresses addresses = look_up(host, 0);
        const std::scoped_lock lock(outcome->mutex);
        outcome->addresses = std::move(addresses);
        outcome->is_known.notify_all();
    }).detach();
}

std::optional<NameLookup::Addresses> NameLookup::wait_until(std::chrono::steady_clock::time_point end) const {
    std::unique_lock lock(outcome_->mutex);
    outcome_->is_known.wait_until(lock, end, [this] { return outcome_->addresses.has_value(); });
    return outcome_->addresses;
}

} // namespace fathom::detail
