#include <chrono>
#include <iomanip>
#include <ostream>

#include <fathom/redis/redis_rate_limiter.hpp>

namespace fathom::redis {

namespace {

double seconds(std::chrono::milliseconds duration) { return std::chrono::duration<double>(duration).count(); }

} // namespace

std::ostream& operator<<(std::ostream& out, OnLoss value) {
    return out << (value == OnLoss::fail ? "fail" : "use_local_share");
}

std::ostream& operator<<(std::ostream& out, const LocalShare& value) {
    return out << R"({"resources":)" << value.resources << R"(,"reports":)" << value.reports << '}';
}

std::ostream& operator<<(std::ostream& out, const RedisTls& value) {
    return out << R"({"ca_file":)" << std::quoted(value.ca_file) << R"(,"client_certificate":)"
               << std::quoted(value.client_certificate) << R"(,"client_key":)" << std::quoted(value.client_key)
               << R"(,"server_name":)" << std::quoted(value.server_name) << '}';
}

std::ostream& operator<<(std::ostream& out, const RedisOptions& value) {
    out << R"({"host":)" << std::quoted(value.host) << R"(,"port":)" << value.port << R"(,"username":)"
        << std::quoted(value.username);
    if (!value.password.empty()) out << R"(,"password":"***")";
    out << R"(,"database":)" << value.database << R"(,"name":)" << std::quoted(value.name) << R"(,"timeout":)"
        << seconds(value.timeout) << R"(,"reconnect_interval":)" << seconds(value.reconnect_interval)
        << R"(,"on_loss":")" << value.on_loss << R"(","local_share":)" << value.local_share;
    if (value.tls) out << R"(,"tls":)" << *value.tls;
    return out << '}';
}

} // namespace fathom::redis
