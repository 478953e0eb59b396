#include "curl/base_url.hpp"

#include <gtest/gtest.h>

namespace fathom::detail::curl {
namespace {

TEST(BaseUrl, TakesEveryFormOfThisMachineOverHttp) {
    for (const char* const url :
         {"http://localhost/v1", "http://LOCALHOST:8080/v1", "http://LocalHost", "http://127.0.0.1:1/v1",
          "http://127.1/v1", "http://127.255.255.254", "http://[::1]/v1", "http://[0:0:0:0:0:0:0:1]:80/v1",
          "http://[::0001]", "http://[0::1]", "HTTP://localhost/v1"}) {
        const Result<std::string> checked = checked_base_url(url);
        EXPECT_TRUE(checked) << url << ": " << checked.error();
    }
}

TEST(BaseUrl, RefusesHttpToAnyOtherHost) {
    for (const char* const url :
         {"http://127.0.0.256/v1", "http://127.0.0.1.example.com/v1", "http://localhost.example.com",
          "http://127.0.0.one", "http://127.0.0.", "http://127...1", "http://[::2]/v1", "http://[::10]",
          "http://[1::1]", "http://[1::]", "http://[::1:1]", "http://[fe80::1]", "http://0.0.0.0", "http://[::]",
          "http://example.com/localhost", "http://localhost@example.com", "http://128.0.0.1"}) {
        const Result<std::string> checked = checked_base_url(url);
        ASSERT_FALSE(checked) << url;
        EXPECT_EQ(checked.error().kind, ErrorKind::invalid_argument) << url;
        EXPECT_EQ(checked.error().fields.front().field, "base_url");
    }
}

TEST(BaseUrl, RefusesWhatHasNoHost) {
    for (const char* const url :
         {"https:///v1", "https:/v1", "https:v1", "https://", "https://?x", "http:////localhost/v1", "https://:443/v1",
          "api.usefathom.com/v1", "", "/v1", "https:\\\\host"}) {
        EXPECT_FALSE(checked_base_url(url)) << url;
    }
}

TEST(BaseUrl, RefusesWhatWouldGoElsewhereOrNowhere) {
    for (const char* const url :
         {"ftp://localhost/v1", "file:///v1", "https://user@host/v1", "https://user:pass@host/v1", "https://@host/v1",
          "https://:@host", "https://host/v1?x=1", "https://host/v1?", "https://host/v1#", "https://host:0/v1",
          "https://host:65536/v1", "https://host:-1", "https://host:x", "https://ho st/v1",
          "https://host\\@elsewhere/v1", "http://host\\@127.0.0.1/v1", "https://host/\r\nX: y"}) {
        EXPECT_FALSE(checked_base_url(url)) << url;
    }
    EXPECT_FALSE(checked_base_url(std::string("https://host\0.example.com", 24)));
}

TEST(BaseUrl, GivesTheAddressWithoutSlashesAtItsEnd) {
    EXPECT_EQ(checked_base_url("https://host.example.com/v1//").value(), "https://host.example.com/v1");
    EXPECT_EQ(checked_base_url("https://host.example.com").value(), "https://host.example.com");
    EXPECT_EQ(checked_base_url("https://host:8443/").value(), "https://host:8443");
}

TEST(BaseUrl, ShowsNoPasswordInItsRefusal) {
    const Error error = checked_base_url("https://user:SECRET@host/v1").error();
    EXPECT_EQ(error.to_string().find("SECRET"), std::string::npos);
}

} // namespace
} // namespace fathom::detail::curl
