// TLS to Redis, and what a build says that has none.
#include "limiter_fixture.hpp"

#include <filesystem>
#include <fstream>
#include <optional>

#include <unistd.h>

#if defined(FATHOM_REDIS_TLS)
#include "faults/certificates.hpp"
#endif

namespace fathom::redis {
namespace {

class RedisTlsTest : public RedisLimiter {
protected:
    RedisTlsTest() { std::filesystem::create_directories(folder); }
    ~RedisTlsTest() override { std::filesystem::remove_all(folder); }

    [[nodiscard]] RedisOptions with_tls(int port, RedisTls tls = {}) const {
        RedisOptions with = options(port);
        with.timeout = 2s; // a handshake takes its time on a busy machine
        with.tls = std::move(tls);
        return with;
    }
    [[nodiscard]] std::string file(const std::string& name, const std::string& content) const {
        const auto path = folder / name;
        std::ofstream(path) << content;
        return path.string();
    }

    std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("fathom-redis-tls-" + std::to_string(::getpid()) + "-" + test_name());
};

#if defined(FATHOM_REDIS_TLS)

using faults::Identity;
using faults::make_identity;

/// A server that speaks TLS alone, with a certificate that vouches for itself.
class RedisOverTls : public RedisTlsTest {
protected:
    [[nodiscard]] RedisServer serve(const Identity& identity, const std::string& client_authorities = "") const {
        std::vector<std::string> arguments{"--tls-cert-file",    file("server.pem", identity.certificate),
                                           "--tls-key-file",     file("server.key", identity.key),
                                           "--tls-auth-clients", client_authorities.empty() ? "no" : "yes",
                                           "--tls-ca-cert-file", client_authorities};
        if (client_authorities.empty()) arguments.back() = file("server.pem", identity.certificate);
        return RedisServer(std::move(arguments), RedisServer::Transport::tls);
    }
    [[nodiscard]] RedisTls trusting(const Identity& identity) const {
        return {.ca_file = file("trusted.pem", identity.certificate)};
    }
    static Error refusal(const RedisOptions& options) { return error_of(*redis_rate_limiter(options, limits)); }
};

TEST_F(RedisOverTls, GivesPermits) {
    const Identity identity = make_identity();
    const RedisServer server = serve(identity);
    const auto one = redis_rate_limiter(with_tls(server.port(), trusting(identity)), limits);
    EXPECT_EQ(take_all(*one).size(), 10U);
    const auto other = redis_rate_limiter(with_tls(server.port(), trusting(identity)), limits);
    EXPECT_TRUE(is_denied(*other));
}

TEST_F(RedisOverTls, IsRefusedByAClientThatDoesNotKnowTheAuthority) {
    const RedisServer server = serve(make_identity());
    const Error error = refusal(with_tls(server.port()));
    EXPECT_EQ(error.kind, ErrorKind::tls);
    EXPECT_NE(error.message.find("certificate is refused"), std::string::npos) << error;
}

TEST_F(RedisOverTls, IsRefusedWhereTheCertificateIsForAnotherHost) {
    for (const char* other : {"IP:127.0.0.2", "DNS:redis.example"}) {
        const Identity identity = make_identity({.alternative_name = other});
        const RedisServer server = serve(identity);
        const Error error = refusal(with_tls(server.port(), trusting(identity)));
        EXPECT_EQ(error.kind, ErrorKind::tls) << other;
        EXPECT_NE(error.message.find("mismatch"), std::string::npos) << error;
    }
}

TEST_F(RedisOverTls, IsTakenUnderTheNameThatIsExpected) {
    const Identity identity = make_identity({.alternative_name = "DNS:redis.example"});
    const RedisServer server = serve(identity);
    RedisTls tls = trusting(identity);
    tls.server_name = "redis.example";
    std::ignore = wait_for_permit(*redis_rate_limiter(with_tls(server.port(), tls), limits));
}

TEST_F(RedisOverTls, TakesAClientThatShowsItsCertificate) {
    const Identity identity = make_identity();
    const Identity client = make_identity();
    const RedisServer server = serve(identity, file("clients.pem", client.certificate));
    EXPECT_NE(refusal(with_tls(server.port(), trusting(identity))).kind, ErrorKind::invalid_argument);
    RedisTls tls = trusting(identity);
    tls.client_certificate = file("client.pem", client.certificate + client.key);
    std::ignore = wait_for_permit(*redis_rate_limiter(with_tls(server.port(), tls), limits));
}

TEST_F(RedisOverTls, OfAServerWithoutIsAnError) {
    const Error error = refusal(with_tls(shared_server().port()));
    EXPECT_TRUE(error.kind == ErrorKind::tls || error.kind == ErrorKind::network) << error;
}

TEST_F(RedisTlsTest, OptionsThatCannotBeUsedAreNamed) {
    const std::string no_pem = file("no.pem", "nothing");
    const std::string pem = file("own.pem", make_identity().certificate);
    const std::vector<std::pair<RedisTls, std::string>> wrong{
        {{.ca_file = "/nowhere.pem"}, "tls.ca_file"},
        {{.ca_file = no_pem}, "tls.ca_file"},
        {{.client_certificate = no_pem}, "tls.client_certificate"},
        {{.client_certificate = pem}, "tls.client_key"},
        {{.client_certificate = pem, .client_key = file("other.key", make_identity().key)}, "tls.client_key"},
        {{.client_key = pem}, "tls.client_certificate"}};
    for (const auto& [tls, field] : wrong) {
        RedisOptions options = with_tls(1, tls);
        options.on_loss = OnLoss::use_local_share; // which does not hide a mistake
        const Error error = error_of(*redis_rate_limiter(options, limits));
        EXPECT_EQ(error.kind, ErrorKind::invalid_argument) << field;
        ASSERT_EQ(error.fields.size(), 1U) << error;
        EXPECT_EQ(error.fields.front().field, field);
    }
}

#else

TEST_F(RedisTlsTest, OfABuildWithoutIsAnErrorThatNamesTheRemedy) {
    RedisOptions options = with_tls(shared_server().port());
    options.on_loss = OnLoss::use_local_share; // which does not hide a mistake
    const Error error = error_of(*redis_rate_limiter(options, limits));
    EXPECT_EQ(error.kind, ErrorKind::invalid_argument);
    EXPECT_NE(error.message.find("hiredis_ssl"), std::string::npos) << error;
    EXPECT_NE(error.message.find("1.0"), std::string::npos) << error;
    ASSERT_EQ(error.fields.size(), 1U);
    EXPECT_EQ(error.fields.front().field, "tls");
}

#endif

} // namespace
} // namespace fathom::redis
