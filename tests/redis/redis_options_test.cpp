#include <fathom/redis/format.hpp>
#include <fathom/redis/redis_rate_limiter.hpp>

#include <gtest/gtest.h>

#include "../support/printed.hpp"

namespace fathom::redis {
namespace {

TEST(RedisOptions, PrintWithoutTheirPassword) {
    EXPECT_EQ(printed(RedisOptions{.host = "cache", .password = "s3cret", .on_loss = OnLoss::use_local_share}),
              R"({"host":"cache","port":6379,"username":"","password":"***","database":0,"name":"fathom",)"
              R"("timeout":0.1,"reconnect_interval":1,"on_loss":"use_local_share",)"
              R"("local_share":{"resources":100,"reports":1}})");
}

TEST(RedisOptions, PrintTheFilesOfTlsByTheirNames) {
    EXPECT_EQ(printed(RedisTls{.ca_file = "ca.pem", .server_name = "cache"}),
              R"({"ca_file":"ca.pem","client_certificate":"","client_key":"","server_name":"cache"})");
}

TEST(RedisOptions, CompareMemberWise) {
    EXPECT_EQ(RedisOptions{}, RedisOptions{});
    EXPECT_NE(RedisOptions{}, RedisOptions{.port = 1});
}

#if defined(__cpp_lib_format)
TEST(RedisOptions, FormatAsTheyPrint) {
    EXPECT_EQ(std::format("{}", RedisOptions{}), printed(RedisOptions{}));
    EXPECT_EQ(std::format("{}", OnLoss::fail), printed(OnLoss::fail));
}
#endif

} // namespace
} // namespace fathom::redis
