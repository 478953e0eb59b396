#include "tls_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <thread>

#include "../../support/loopback.hpp"
#include "sample_bodies.hpp"

namespace fathom::benchmark {

namespace {

int free_port() {
    const int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address); // NOLINT: so is the interface
    const bool is_bound = bind(probe, generic, size) == 0 && getsockname(probe, generic, &size) == 0;
    close(probe);
    if (!is_bound) throw std::runtime_error("no port is free");
    return ntohs(address.sin_port);
}

bool answers(int port) {
    const int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(port);
    const auto* const generic = reinterpret_cast<const sockaddr*>(&address); // NOLINT: so is the interface
    const bool is_there = connect(probe, generic, sizeof address) == 0;
    close(probe);
    return is_there;
}

void write_configuration(const std::filesystem::path& folder, int port, Http offer) {
    std::ofstream(folder / "nginx.conf")
        << "daemon off; worker_processes 1; pid nginx.pid; error_log nginx.log;\n"
           "events { worker_connections 1024; }\n"
           "http {\n"
           "  access_log off; keepalive_requests 1000000000; keepalive_timeout 600;\n"
           "  client_body_temp_path temp1; proxy_temp_path temp2; fastcgi_temp_path temp3;\n"
           "  uwsgi_temp_path temp4; scgi_temp_path temp5;\n"
           "  server {\n"
           "    listen 127.0.0.1:"
        << port << " ssl" << (offer == Http::version_2 ? " http2" : "")
        << ";\n"
           "    ssl_certificate server.pem; ssl_certificate_key server.key;\n"
           "    default_type application/json;\n"
           "    location /status { stub_status; }\n"
           "    location / { return 200 '"
        << sites_body() << "'; }\n  }\n}\n";
}

} // namespace

TlsServer::TlsServer(Http offer) {
    std::string pattern = std::filesystem::temp_directory_path() / "fathom_benchmark_XXXXXX";
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make a folder in " + pattern);
    folder_ = pattern;
    std::filesystem::permissions(folder_, std::filesystem::perms::owner_all | std::filesystem::perms::others_exec |
                                              std::filesystem::perms::others_read);
    const std::string command = "sh " FATHOM_BENCHMARK_CERTIFICATES " " + folder_.string();
    if (std::system(command.c_str()) != 0) throw std::runtime_error("cannot make certificates"); // NOLINT

    const int port = free_port();
    port_ = std::to_string(port);
    write_configuration(folder_, port, offer);
    process_ = fork();
    if (process_ == 0) {
        const std::string prefix = folder_.string() + "/";
        execlp(FATHOM_BENCHMARK_NGINX, "nginx", "-p", prefix.c_str(), "-c", "nginx.conf", nullptr);
        _exit(127);
    }
    for (int attempt = 0; !answers(port); ++attempt) {
        if (attempt == 100) throw std::runtime_error("nginx does not start; see " + folder_.string());
        std::this_thread::sleep_for(std::chrono::milliseconds{50});
    }
}

TlsServer::~TlsServer() {
    kill(process_, SIGTERM);
    waitpid(process_, nullptr, 0);
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

bool TlsServer::join_system_authorities() const {
    const std::string certificates = folder_ / "certs";
    if (!std::filesystem::exists(certificates)) return false;
    const bool is_apart = unshare(CLONE_NEWNS) == 0 || unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0;
    return is_apart && mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
           mount(certificates.c_str(), "/etc/ssl/certs", nullptr, MS_BIND, nullptr) == 0;
}

} // namespace fathom::benchmark
