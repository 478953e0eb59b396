// In place of server.cpp where cpp-httplib is not there.
#include "../exit_code.hpp"
#include "server.hpp"

namespace fathom::cli {

class HttpServer::Running {};

HttpServer::HttpServer(const ListenAddress&, Handler) {
    throw UsageError("this fathom was built without cpp-httplib, which serves the metrics; build it again where "
                     "cpp-httplib is installed (Debian's package is libcpp-httplib-dev)");
}

HttpServer::~HttpServer() = default;

} // namespace fathom::cli
