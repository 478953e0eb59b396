#include "open_sockets.hpp"

#include "../platform/socket.hpp"

namespace fathom::detail::curl {

namespace {

NativeSocket native(curl_socket_t socket) { return static_cast<NativeSocket>(socket); }

} // namespace

void OpenSockets::watch(CURL* easy) noexcept {
    curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, &OpenSockets::on_open);
    curl_easy_setopt(easy, CURLOPT_SOCKOPTDATA, this);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, &OpenSockets::on_close);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, this);
}

void OpenSockets::hold_back() const noexcept {
    for (const curl_socket_t socket : open_) detail::hold_back(native(socket));
}

void OpenSockets::send_held_back() const noexcept {
    for (const curl_socket_t socket : open_) detail::send_held_back(native(socket));
}

int OpenSockets::on_open(void* self, curl_socket_t socket, curlsocktype) {
    static_cast<OpenSockets*>(self)->open_.push_back(socket);
    return CURL_SOCKOPT_OK;
}

int OpenSockets::on_close(void* self, curl_socket_t socket) {
    std::erase(static_cast<OpenSockets*>(self)->open_, socket);
    return close_socket(native(socket));
}

} // namespace fathom::detail::curl
