/// @file
/// A small HTTP server.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace fathom::cli {

/// Where to listen.
struct ListenAddress {
    std::string host{}; ///< A name or an address; of IPv6 without brackets.
    int port = 0;       ///< 0: one that is free.

    friend bool operator==(const ListenAddress&, const ListenAddress&) = default;
};

/// `127.0.0.1:9077`, `[::1]:9077`.
/// @throw UsageError
[[nodiscard]] ListenAddress listen_address(const std::string& text);

struct HttpReply {
    int status = 200;
    std::string_view content_type{}; ///< Lives as long as the program.
    std::string body{};
};

/// Answers GET and HEAD from its construction to its destruction, in threads of its own.
class HttpServer {
public:
    /// Called by several threads at once.
    using Handler = std::function<HttpReply(std::string_view path, std::string_view accept)>;

    /// @throw UsageError where the address is taken or is none of this machine, or this program has no server
    HttpServer(const ListenAddress& address, Handler handler);
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;
    /// Stops listening, and answers what has begun, where it has come within a second.
    ~HttpServer();

    /// Its front page.
    [[nodiscard]] const std::string& url() const noexcept { return url_; }

private:
    class Running;

    std::string url_{};
    std::unique_ptr<Running> running_;
};

} // namespace fathom::cli
