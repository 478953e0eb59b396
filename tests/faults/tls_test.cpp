// Who the server is, and who the client is.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <tuple>

#include <gtest/gtest.h>

#include "faulty_service.hpp"

namespace fathom::faults {
namespace {

class Tls : public ::testing::Test {
protected:
    Tls() {
        for (const char* const name : {"CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR"}) {
            ::unsetenv(name); // NOLINT(concurrency-mt-unsafe): there is one thread yet
        }
        std::string pattern = (std::filesystem::temp_directory_path() / "fathom-tls-XXXXXX").string();
        folder_ = ::mkdtemp(pattern.data());
    }
    ~Tls() override { std::filesystem::remove_all(folder_); }

    /// Writes a file of the test's. @return its path
    [[nodiscard]] std::string file(const std::string& name, const std::string& content) const {
        std::ofstream(folder_ / name) << content;
        return (folder_ / name).string();
    }
    static RawServer::Serve over(const TlsContext& context) {
        return [&context](Connection& connection, int) {
            if (connection.start_tls(context.get())) serve_well(connection);
        };
    }
    /// What a server with such a certificate is answered.
    static Error refusal(const Subject& subject) {
        const Identity identity = make_identity(subject);
        const TlsContext context = server_context(identity, "http/1.1");
        const RawServer server(over(context));
        const Result<Site> site = get(Client(options_for(server, identity)));
        EXPECT_FALSE(site);
        return site ? Error{} : site.error();
    }

    std::filesystem::path folder_;
    Identity identity_ = make_identity();
    TlsContext context_ = server_context(identity_, "http/1.1");
};

TEST_F(Tls, TrustsAuthoritiesFromMemory) {
    const RawServer server(over(context_));
    const Result<Site> site = get(Client(options_for(server, identity_)));
    EXPECT_TRUE(site) << site.error();
}

TEST_F(Tls, TrustsTheAuthoritiesThatVariablesName) {
    const RawServer server(over(context_));
    const std::string authority = file("authority.pem", identity_.certificate);
    for (const char* const name : {"CURL_CA_BUNDLE", "SSL_CERT_FILE"}) {
        ::setenv(name, authority.c_str(), 1); // NOLINT(concurrency-mt-unsafe): nobody else reads it now
        const Result<Site> site = get(Client(options_for(server.url("https"))));
        EXPECT_TRUE(site) << name << ": " << site.error();
        ::unsetenv(name); // NOLINT(concurrency-mt-unsafe)
    }
    EXPECT_EQ(get(Client(options_for(server.url("https")))).error().kind, ErrorKind::tls);
}

TEST_F(Tls, TrustsTheAuthoritiesInTheFolderThatAVariableNames) {
    const RawServer server(over(context_));
    std::ignore = file(hashed_name(identity_), identity_.certificate);
    ::setenv("SSL_CERT_DIR", folder_.c_str(), 1); // NOLINT(concurrency-mt-unsafe): nobody else reads it now
    const Result<Site> site = get(Client(options_for(server.url("https"))));
    EXPECT_TRUE(site) << site.error();
    ::unsetenv("SSL_CERT_DIR"); // NOLINT(concurrency-mt-unsafe)
    EXPECT_EQ(get(Client(options_for(server.url("https")))).error().kind, ErrorKind::tls);
}

/// Has a server speak all versions of TLS up to that one.
void speak_up_to(SSL_CTX* context, int newest) {
    SSL_CTX_set_cipher_list(context, "ALL:@SECLEVEL=0"); // else OpenSSL offers nothing that is older than TLS 1.2
    SSL_CTX_set_min_proto_version(context, TLS1_VERSION);
    SSL_CTX_set_max_proto_version(context, newest);
}

TEST_F(Tls, TakesTls12AndNothingOlder) {
    speak_up_to(context_.get(), TLS1_2_VERSION);
    const RawServer server(over(context_));
    const Result<Site> site = get(Client(options_for(server, identity_)));
    EXPECT_TRUE(site) << site.error();

    const TlsContext older = server_context(identity_, "http/1.1");
    speak_up_to(older.get(), TLS1_1_VERSION);
    const RawServer old_server(over(older));
    const Error error = get(Client(options_for(old_server, identity_))).error();
    EXPECT_EQ(error.kind, ErrorKind::tls) << error;
    EXPECT_NE(error.message.find("must offer TLS 1.2"), std::string::npos) << error;
}

TEST_F(Tls, SaysWhatToDoAboutAnUnknownAuthority) {
    const RawServer server(over(context_));
    const Error error = get(Client(options_for(server.url("https")))).error();
    EXPECT_EQ(error.kind, ErrorKind::tls);
    EXPECT_NE(error.message.find("connection.ca_file"), std::string::npos) << error;
    EXPECT_EQ(error.attempts, 1);
}

TEST_F(Tls, SaysWhatToDoAboutACertificateThatHasExpired) {
    const Error error = refusal({.valid_from = -7200, .valid_until = -3600});
    EXPECT_EQ(error.kind, ErrorKind::tls);
    EXPECT_NE(error.message.find("has expired: "), std::string::npos) << error;
}

TEST_F(Tls, SaysWhatToDoAboutACertificateThatIsNotValidYet) {
    const Error error = refusal({.valid_from = 3600, .valid_until = 7200});
    EXPECT_NE(error.message.find("clock"), std::string::npos) << error;
}

TEST_F(Tls, SaysWhatToDoAboutACertificateForAnotherHost) {
    const Error error = refusal({.alternative_name = "DNS:other.example.com"});
    EXPECT_EQ(error.kind, ErrorKind::tls);
    EXPECT_NE(error.message.find("check base_url"), std::string::npos) << error;
}

TEST_F(Tls, SaysWhatToDoAboutAServerWithoutTls) {
    const RawServer server([](Connection& connection, int) {
        connection.read_some(1);
        connection.send("HTTP/1.1 400 Bad Request\r\n\r\n");
        connection.read_to_end();
    });
    const Error error = get(Client(options_for(server.url("https")))).error();
    EXPECT_EQ(error.kind, ErrorKind::tls) << error;
    EXPECT_NE(error.message.find("check the port"), std::string::npos) << error;
    EXPECT_EQ(error.attempts, 1);
}

TEST_F(Tls, ShowsAServerThatDemandsItTheClientsCertificate) {
    const Identity client = make_identity({.alternative_name = "DNS:client"});
    demand_client(context_.get(), client);
    const RawServer server(over(context_));
    ClientOptions options = options_for(server, identity_);
    options.connection.client_certificate = file("client.pem", client.certificate);
    options.connection.client_key = file("client.key", client.key);
    const Result<Site> site = get(Client(options));
    EXPECT_TRUE(site) << site.error();
    options.connection.client_certificate = file("both.pem", client.certificate + client.key);
    options.connection.client_key.clear();
    EXPECT_TRUE(get(Client(options)));
}

TEST_F(Tls, SaysWhatToDoWhereTheServerDemandsACertificate) {
    demand_client(context_.get(), make_identity());
    const RawServer server(over(context_));
    const Error error = Client(options_for(server, identity_)).sites().create({.name = "Shop"}).error();
    EXPECT_EQ(error.kind, ErrorKind::tls) << error;
    EXPECT_NE(error.message.find("client_certificate"), std::string::npos) << error;
    EXPECT_FALSE(error.may_have_taken_effect);
}

TEST_F(Tls, SaysWhatToDoWhereCertificateAndKeyDoNotBelongTogether) {
    const RawServer server(over(context_));
    ClientOptions options = options_for(server, identity_);
    options.connection.client_certificate = file("client.pem", identity_.certificate);
    options.connection.client_key = file("client.key", make_identity().key);
    const Error error = get(Client(options)).error();
    EXPECT_EQ(error.kind, ErrorKind::tls) << error;
    EXPECT_NE(error.message.find("belong together"), std::string::npos) << error;
}

TEST_F(Tls, TakesTheServersPinnedKeyAlone) {
    const RawServer server(over(context_));
    ClientOptions options = options_for(server, identity_);
    options.connection.pinned_public_key = make_identity().pin() + ";" + identity_.pin();
    const Result<Site> site = get(Client(options));
    EXPECT_TRUE(site) << site.error();
    options.connection.pinned_public_key = make_identity().pin();
    const Error error = get(Client(options)).error();
    EXPECT_EQ(error.kind, ErrorKind::tls);
    EXPECT_NE(error.message.find("pinned_public_key"), std::string::npos) << error;
}

} // namespace
} // namespace fathom::faults
