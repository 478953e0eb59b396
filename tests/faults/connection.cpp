#include "connection.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include <sys/socket.h>
#include <unistd.h>

namespace fathom::faults {

bool Connection::start_tls(SSL_CTX* context) {
    ssl_.reset(SSL_new(context));
    SSL_set_fd(ssl_.get(), socket_);
    if (SSL_accept(ssl_.get()) == 1) return true;
    // Were the connection closed with something unread, its reset would overtake what says why.
    ssl_.reset();
    ::shutdown(socket_, SHUT_WR);
    read_to_end();
    return false;
}

std::string Connection::protocol() const {
    const unsigned char* name = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(ssl_.get(), &name, &size);
    return {reinterpret_cast<const char*>(name), size};
}

std::string Connection::read_some(std::size_t most) {
    std::string data(most, '\0');
    const auto got =
        ssl_ ? SSL_read(ssl_.get(), data.data(), static_cast<int>(most)) : ::recv(socket_, data.data(), most, 0);
    data.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return data;
}

std::string Connection::read_exactly(std::size_t count) {
    std::string data;
    while (data.size() < count) {
        const std::string more = read_some(count - data.size());
        if (more.empty()) break;
        data += more;
    }
    return data;
}

std::string Connection::read_request() {
    std::string request;
    while (!request.ends_with("\r\n\r\n")) {
        const std::string next = read_some(1);
        if (next.empty()) return {};
        request += next;
    }
    constexpr std::string_view length = "Content-Length: ";
    const std::size_t at = request.find(length);
    if (at == std::string::npos) return request;
    std::size_t size = 0;
    std::from_chars(request.data() + at + length.size(), request.data() + request.size(), size);
    return request + read_exactly(size);
}

void Connection::read_to_end() {
    while (!read_some(4096).empty()) {
    }
}

bool Connection::send(std::string_view data) {
    while (!data.empty()) {
        const auto sent = ssl_ ? SSL_write(ssl_.get(), data.data(), static_cast<int>(data.size()))
                               : ::send(socket_, data.data(), data.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        data.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void Connection::flood(std::string_view piece, std::size_t most) {
    std::string many;
    while (many.size() < 16'384) many += piece;
    for (std::size_t sent = 0; sent < most && send(many); sent += many.size()) {
    }
}

void Connection::close() noexcept {
    if (socket_ < 0) return;
    if (ssl_) SSL_shutdown(ssl_.get());
    const std::lock_guard hold(lock_);
    ::shutdown(socket_, SHUT_RDWR);
    ::close(std::exchange(socket_, -1));
}

void Connection::reset() noexcept {
    const linger at_once{.l_onoff = 1, .l_linger = 0};
    const std::lock_guard hold(lock_);
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    ::close(std::exchange(socket_, -1));
}

void Connection::interrupt() noexcept {
    const std::lock_guard hold(lock_);
    if (socket_ >= 0) ::shutdown(socket_, SHUT_RDWR);
}

} // namespace fathom::faults
