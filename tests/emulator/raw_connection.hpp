/// @file
/// RawConnection: bytes to and from an emulator, for what no client would send.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <fathom/testing/emulator.hpp>

#include "../support/loopback.hpp"

namespace fathom::testing {

/// One connection. Waits at most ten seconds for anything.
class RawConnection {
public:
    explicit RawConnection(const Emulator& emulator)
        : key_{emulator.api_key()}, socket_{::socket(AF_INET, SOCK_STREAM, 0)} {
        const sockaddr_in address = loopback(emulator.port());
        const timeval timeout{.tv_sec = 10, .tv_usec = 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
        if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
            throw std::runtime_error("cannot connect");
    }
    ~RawConnection() { ::close(socket_); }
    RawConnection(const RawConnection&) = delete;
    RawConnection& operator=(const RawConnection&) = delete;

    void send(std::string_view bytes) const { ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL); }
    /// A request with the key and these further headers, each with its line end.
    void send_request(const std::string& method, const std::string& path, const std::string& headers = "",
                      const std::string& body = "") const {
        send(method + " " + path + " HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer " + key_ +
             "\r\nAccept: application/json\r\n" + headers + "\r\n" + body);
    }
    /// All that comes until the emulator closes the connection.
    [[nodiscard]] std::string read_all() {
        while (read_more()) {
        }
        return buffer_;
    }
    /// The next answer, which has a Content-Length or no body.
    [[nodiscard]] std::string read_answer(bool has_body = true) {
        std::size_t end = std::string::npos;
        while ((end = buffer_.find("\r\n\r\n")) == std::string::npos && read_more()) {
        }
        if (end == std::string::npos) throw std::runtime_error("no answer");
        std::size_t size = end + 4;
        const std::size_t length = buffer_.substr(0, end).find("Content-Length: ");
        if (has_body && length != std::string::npos) size += std::stoul(buffer_.substr(length + 16));
        while (buffer_.size() < size && read_more()) {
        }
        const std::string answer = buffer_.substr(0, size);
        buffer_.erase(0, size);
        return answer;
    }

private:
    bool read_more() {
        char bytes[4096];
        const ssize_t count = ::recv(socket_, bytes, sizeof bytes, 0);
        if (count > 0) buffer_.append(bytes, static_cast<std::size_t>(count));
        return count > 0;
    }

    std::string key_;
    int socket_;
    std::string buffer_{};
};

} // namespace fathom::testing
