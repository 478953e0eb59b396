#include "curl/connection_checks.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "curl/no_proxy.hpp"
#include "support/environment.hpp"

namespace fathom::detail::curl {
namespace {

constexpr const char* service = "https://api.usefathom.com/v1";
constexpr const char* certificate = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
constexpr const char* key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";

class ConnectionChecks : public ::testing::Test {
protected:
    ConnectionChecks() {
        for (const char* const name :
             {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"}) {
            unset_variable(name);
        }
        std::filesystem::create_directory(folder);
    }
    ~ConnectionChecks() override { std::filesystem::remove_all(folder); }

    static void set(const char* name, const std::string& value) { set_variable(name, value.c_str()); }
    [[nodiscard]] std::string file(const std::string& name, const std::string& content) const {
        std::ofstream(folder / name) << content;
        return (folder / name).string();
    }
    /// The field that is refused; empty for none.
    [[nodiscard]] static std::string refused(const ConnectionOptions& options, const std::string& base_url = service) {
        const std::optional<Error> error = check(options, base_url);
        if (!error) return {};
        EXPECT_EQ(error->kind, ErrorKind::invalid_argument);
        EXPECT_EQ(error->to_string().find("SECRET"), std::string::npos) << *error;
        return error->fields.front().field;
    }

    std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("fathom-checks-" + std::to_string(::getpid()));
};

TEST_F(ConnectionChecks, TakeProxiesOfEveryKind) {
    for (const char* const proxy :
         {"http://proxy.example.com:3128", "https://user:SECRET@proxy", "socks4://10.0.0.1:1080", "socks4a://proxy",
          "socks5://u:SECRET@proxy:1", "socks5h://proxy/", "proxy.example.com:3128", "proxy", "HTTP://proxy",
          "[::1]:8080"}) {
        EXPECT_EQ(refused({.proxy = proxy}), "") << proxy;
    }
}

TEST_F(ConnectionChecks, RefuseWhatIsNoProxyWithoutShowingItsPassword) {
    for (const char* const proxy :
         {"ftp://u:SECRET@host", "htp://u:SECRET@host", "http://u:SECRET@", "http://", "http://u:SECRET@host:99999",
          "http://u:SECRET@host:0", "http://u:SECRET@ho st", "http://u:SECRET%00@host", "http://u%0a:SECRET@host",
          "u:SECRET%1f@host", "file:///SECRET", "http://u:SECRET@host/path", "http://u:SECRET@host?x"}) {
        EXPECT_EQ(refused({.proxy = proxy}), "connection.proxy") << proxy;
    }
}

TEST_F(ConnectionChecks, RefuseAProxyOfTheEnvironmentByTheNameOfItsVariable) {
    for (const char* const name : {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}) {
        if (!names_of_variables_have_case && name[0] < 'a') continue;
        set(name, "htp://u:SECRET@host");
        EXPECT_EQ(refused({}), name);
        EXPECT_EQ(refused({.proxy = "http://proxy"}), "") << "the option goes before";
        EXPECT_EQ(refused({}, "http://localhost/v1"), "") << "no proxy is asked";
        unset_variable(name);
    }
    set("https_proxy", "htp://u:SECRET@host");
    set("no_proxy", "example.com, usefathom.com");
    EXPECT_EQ(refused({}), "");
}

TEST_F(ConnectionChecks, ExceptHostsAsLibcurlDoes) {
    EXPECT_TRUE(is_excepted("api.usefathom.com", "*"));
    EXPECT_TRUE(is_excepted("api.usefathom.com", "localhost,usefathom.com"));
    EXPECT_TRUE(is_excepted("api.usefathom.com", ".UseFathom.com"));
    EXPECT_TRUE(is_excepted("api.usefathom.com", "x y,api.usefathom.com"));
    EXPECT_FALSE(is_excepted("api.usefathom.com", "fathom.com"));
    EXPECT_FALSE(is_excepted("api.usefathom.com", ""));
    EXPECT_FALSE(is_excepted("api.usefathom.com", " , ."));
}

TEST_F(ConnectionChecks, RefuseFilesThatHoldNoCertificate) {
    EXPECT_EQ(refused({.ca_file = "/nowhere/authorities.pem"}), "connection.ca_file");
    EXPECT_EQ(refused({.ca_file = folder.string()}), "connection.ca_file");
    EXPECT_EQ(refused({.ca_file = file("empty", "")}), "connection.ca_file");
    EXPECT_EQ(refused({.ca_file = file("key", key)}), "connection.ca_file");
    EXPECT_EQ(refused({.ca_file = file("certificate", certificate)}), "");
    EXPECT_EQ(refused({.ca_pem = "no certificate"}), "connection.ca_pem");
    EXPECT_EQ(refused({.ca_pem = certificate}), "");
    EXPECT_EQ(refused({.ca_file = file("certificate", certificate), .ca_pem = certificate}), "connection.ca_pem");
}

TEST_F(ConnectionChecks, RefuseAKeyAndACertificateThatAreIncomplete) {
    const std::string certificate_file = file("certificate", certificate);
    const std::string key_file = file("key", key);
    EXPECT_EQ(refused({.client_certificate = certificate_file}), "connection.client_key");
    EXPECT_EQ(refused({.client_key = key_file}), "connection.client_key");
    EXPECT_EQ(refused({.client_key_password = "SECRET"}), "connection.client_key_password");
    EXPECT_EQ(refused({.client_certificate = key_file, .client_key = key_file}), "connection.client_certificate");
    EXPECT_EQ(refused({.client_certificate = certificate_file, .client_key = "/nowhere"}), "connection.client_key");
    EXPECT_EQ(refused({.client_certificate = certificate_file, .client_key = key_file}), "");
    EXPECT_EQ(refused({.client_certificate = file("both", std::string(certificate) + key)}), "");
}

TEST_F(ConnectionChecks, RefusePinsThatAreNoHashes) {
    const std::string pin = "sha256//" + std::string(43, 'A') + "=";
    EXPECT_EQ(refused({.pinned_public_key = pin}), "");
    EXPECT_EQ(refused({.pinned_public_key = pin + ";" + pin}), "");
    for (const std::string& wrong : {pin.substr(1), pin + "A", pin + ";", ";" + pin, "sha1//" + pin, "sha256//" + pin,
                                     pin + "," + pin, std::string("/etc/key.pem"), "sha256//" + std::string(44, '!')}) {
        EXPECT_EQ(refused({.pinned_public_key = wrong}), "connection.pinned_public_key") << wrong;
    }
}

TEST_F(ConnectionChecks, RefuseNullCharacters) {
    EXPECT_EQ(refused({.proxy = std::string("proxy\0.example.com", 18)}), "connection.proxy");
    EXPECT_EQ(refused({.client_key_password = std::string("a\0b", 3)}), "connection.client_key_password");
}

} // namespace
} // namespace fathom::detail::curl
