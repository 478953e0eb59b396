#include <iostream>

#include <fathom/fathom.hpp>
#include <fathom/redis/redis_rate_limiter.hpp>

int main() {
    const auto nowhere = fathom::redis::redis_rate_limiter({.port = 9});
    const fathom::Client client{{.api_key = "key", .base_url = "http://127.0.0.1:9", .rate_limiter = nowhere}};
    const auto site = client.sites().get(fathom::SiteId{"CDBUGS"});
    std::cout << site.error() << '\n';
    return site.error().message.find("Redis") != std::string::npos ? 0 : 1;
}
