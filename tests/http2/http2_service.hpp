/// @file
/// A server that speaks HTTP/2 over TLS: nginx, with a certificate of its own.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <fathom/fathom.hpp>

#include "support/child_process.hpp"

namespace fathom {

/// A folder that goes with the test.
struct TemporaryFolder {
    TemporaryFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "fathom-http2-XXXXXX").string();
        path = ::mkdtemp(pattern.data());
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder() { std::filesystem::remove_all(path); }

    std::filesystem::path path;
};

class Http2 : public ::testing::Test {
protected:
    Http2() {
        make_certificate();
        write_configuration();
        server.emplace(std::vector<std::string>{FATHOM_NGINX, "-p", folder.path.string(), "-c",
                                                (folder.path / "nginx.conf").string()});
        server->wait_for_port(port);
    }

    [[nodiscard]] ClientOptions client_options() const { return client_options(port); }
    /// For a client that finds the server at another port.
    [[nodiscard]] ClientOptions client_options(int at_port) const {
        return {.api_key = "key",
                .base_url = "https://localhost:" + std::to_string(at_port) + "/v1",
                .connection = {.ca_file = (folder.path / "certificate.pem").string()}};
    }
    /// The protocol and the connection of each request over TLS, as nginx logged them.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> requests() { return requests_in("access.log"); }
    /// Those at the plain port.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> plain_requests() { return requests_in("plain.log"); }
    /// Has the server answer `/files/<name>` with this.
    void serve(const std::string& name, const std::string& content) const {
        std::filesystem::create_directory(folder.path / "files");
        std::ofstream(folder.path / "files" / name) << content;
    }

    TemporaryFolder folder{};
    int port = free_port();
    int plain_port = free_port(); ///< Answers in HTTP/1.1; also `/read/`, for which the request is read whole.
    std::optional<ChildProcess> server{};

private:
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> requests_in(const std::string& log_name) {
        server.reset(); // has written its logs when it has ended
        std::vector<std::pair<std::string, std::string>> all;
        std::ifstream log(folder.path / log_name);
        for (std::string protocol, connection; log >> protocol >> connection;) all.emplace_back(protocol, connection);
        return all;
    }
    void make_certificate() const {
        const std::string key = (folder.path / "key.pem").string();
        const std::string certificate = (folder.path / "certificate.pem").string();
        const std::string command = std::string(FATHOM_OPENSSL) +
                                    " req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
                                    " -subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout " +
                                    key + " -out " + certificate + " 2> /dev/null";
        if (std::system(command.c_str()) != 0) throw std::runtime_error("cannot make a certificate"); // NOLINT
    }
    void write_configuration() const {
        std::ofstream file(folder.path / "nginx.conf");
        file << "daemon off; master_process off; pid nginx.pid; error_log error.log;\n"
                "events { worker_connections 256; }\n"
                "http {\n"
                "  log_format served '$server_protocol $connection';\n"
                "  access_log access.log served;\n"
                "  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;\n"
                "  uwsgi_temp_path uwsgi; scgi_temp_path scgi;\n"
                "  server {\n"
                "    listen 127.0.0.1:"
             << port
             << " ssl http2;\n"
                "    ssl_certificate certificate.pem; ssl_certificate_key key.pem;\n"
                "    location /v1/files/ { alias files/; }\n"
                "    location /v1/read/ { proxy_pass http://127.0.0.1:"
             << plain_port
             << "; }\n"
                "    location / { default_type application/json; return 200 '{\"id\":\"A\",\"name\":\"Shop\"}'; }\n"
                "  }\n"
                "  server { listen 127.0.0.1:"
             << plain_port
             << "; access_log plain.log served; location / { return 204; } }\n"
                "}\n";
    }
};

} // namespace fathom
