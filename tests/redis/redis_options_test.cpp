#include <fathom/redis/redis_rate_limiter.hpp>

#include <gtest/gtest.h>

#include <sstream>

namespace fathom::redis {
namespace {

TEST(RedisOptions, PrintWithoutTheirPassword) {
    std::ostringstream out;
    out << RedisOptions{.host = "cache", .password = "s3cret", .on_loss = OnLoss::use_local_share};
    EXPECT_EQ(out.str(), R"({"host":"cache","port":6379,"username":"","password":"***","database":0,"name":"fathom",)"
                         R"("timeout":0.1,"reconnect_interval":1,"on_loss":"use_local_share",)"
                         R"("local_share":{"resources":100,"reports":1}})");
}

TEST(RedisOptions, PrintTheFilesOfTlsByTheirNames) {
    std::ostringstream out;
    out << RedisTls{.ca_file = "ca.pem", .server_name = "cache"};
    EXPECT_EQ(out.str(), R"({"ca_file":"ca.pem","client_certificate":"","client_key":"","server_name":"cache"})");
}

TEST(RedisOptions, CompareMemberWise) {
    EXPECT_EQ(RedisOptions{}, RedisOptions{});
    EXPECT_NE(RedisOptions{}, RedisOptions{.port = 1});
}

} // namespace
} // namespace fathom::redis
