#include "open_sockets.hpp"

#include <algorithm>
#include <new>

#include "../platform/socket.hpp"

namespace fathom::detail::curl {

namespace {

NativeSocket native(curl_socket_t socket) { return static_cast<NativeSocket>(socket); }

} // namespace

void OpenSockets::watch(CURL* easy) noexcept {
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &OpenSockets::on_open);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, &OpenSockets::on_close);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, this);
}

bool OpenSockets::has_unread(int local_port) const noexcept {
    return std::ranges::any_of(open_, [local_port](curl_socket_t socket) {
        return detail::local_port(native(socket)) == local_port && detail::has_unread(native(socket));
    });
}

void OpenSockets::hold_back() const noexcept {
    for (const curl_socket_t socket : open_) detail::hold_back(native(socket));
}

void OpenSockets::send_held_back() const noexcept {
    for (const curl_socket_t socket : open_) detail::send_held_back(native(socket));
}

curl_socket_t OpenSockets::on_open(void* self, curlsocktype, curl_sockaddr* address) {
    auto& sockets = *static_cast<OpenSockets*>(self);
    try { // no exception may pass through libcurl
        sockets.open_.reserve(sockets.open_.size() + 1);
    } catch (const std::bad_alloc&) {
        return CURL_SOCKET_BAD;
    }
    const NativeSocket socket = open_socket(address->family, address->socktype, address->protocol);
    if (socket == no_socket) return CURL_SOCKET_BAD;
    give_up_after_silence(socket, sockets.longest_silence_);
    sockets.open_.push_back(static_cast<curl_socket_t>(socket));
    return sockets.open_.back();
}

int OpenSockets::on_close(void* self, curl_socket_t socket) {
    std::erase(static_cast<OpenSockets*>(self)->open_, socket);
    return close_socket(native(socket));
}

} // namespace fathom::detail::curl
