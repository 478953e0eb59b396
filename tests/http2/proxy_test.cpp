// Which proxy is asked for https.
#include <cstdlib>
#include <string>

#include <gtest/gtest.h>

#include <fathom/fathom.hpp>

#include "http2_service.hpp"

namespace fathom {
namespace {

class Proxy : public Http2 {
protected:
    Proxy() {
        for (const char* const name :
             {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"}) {
            ::unsetenv(name); // NOLINT(concurrency-mt-unsafe): there is one thread yet
        }
    }

    static void set(const char* name, const std::string& value) {
        ::setenv(name, value.c_str(), 1); // NOLINT(concurrency-mt-unsafe): there is one thread yet
    }
    /// Whether a call reaches the server.
    [[nodiscard]] static bool arrives(ClientOptions options) {
        options.retry.max_attempts = 1; // nobody comes to stand there
        const Result<Site> site = Client(options).sites().get(SiteId{"SITE"});
        EXPECT_TRUE(site || site.error().kind == ErrorKind::network) << site.error();
        return site.has_value();
    }

    std::string nobody = "http://127.0.0.1:" + std::to_string(free_port()); ///< A proxy that is not there.
};

TEST_F(Proxy, IsNotAskedWhereNoneIsNamed) { EXPECT_TRUE(arrives(client_options())); }

TEST_F(Proxy, IsAskedWhereAVariableOfTheEnvironmentNamesIt) {
    for (const char* const name : {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}) {
        set(name, nobody);
        EXPECT_FALSE(arrives(client_options())) << name;
        ::unsetenv(name); // NOLINT(concurrency-mt-unsafe): clients that block have no thread
    }
}

TEST_F(Proxy, IsNotAskedForHostsThatTheEnvironmentExcepts) {
    set("https_proxy", nobody);
    set("no_proxy", "localhost");
    EXPECT_TRUE(arrives(client_options()));
}

TEST_F(Proxy, IsNotAskedWhereItsVariableIsEmpty) {
    set("https_proxy", "");
    EXPECT_TRUE(arrives(client_options()));
}

TEST_F(Proxy, IsAskedWhereTheOptionsNameIt) {
    ClientOptions options = client_options();
    options.connection.proxy = nobody;
    EXPECT_FALSE(arrives(options));
}

TEST_F(Proxy, OfTheOptionsIsAskedWhateverTheEnvironmentExcepts) {
    set("no_proxy", "*");
    ClientOptions options = client_options();
    options.connection.proxy = nobody;
    EXPECT_FALSE(arrives(options));
}

} // namespace
} // namespace fathom
