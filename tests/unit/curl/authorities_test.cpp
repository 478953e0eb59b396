#include "curl/authorities.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace fathom::detail::curl {
namespace {

Authorities present_where(const Authorities& built_in, const std::vector<std::string>& existing) {
    return present(built_in, [&](const std::string& path) { return std::ranges::count(existing, path) > 0; });
}

const std::string debian = "/etc/ssl/certs/ca-certificates.crt";
const std::string fedora = "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem";

TEST(Authorities, AreThoseThatLibcurlWasBuiltToTrust) {
    EXPECT_EQ(present_where({.file = "/a", .folder = "/b"}, {"/a", "/b", debian}), Authorities{.file = "/a"});
    EXPECT_EQ(present_where({.file = "/a", .folder = "/b"}, {"/b", debian}), Authorities{.folder = "/b"});
}

TEST(Authorities, AreTheSystemsOwnWhereLibcurlWasBuiltForAnother) {
    EXPECT_EQ(present_where({.file = debian, .folder = "/etc/ssl/certs"}, {fedora}), Authorities{.file = fedora});
    EXPECT_EQ(present_where({}, {"/etc/ssl/cert.pem", debian}), Authorities{.file = debian});
}

TEST(Authorities, StayAsTheyAreBuiltWhereNoneAreFound) {
    const Authorities built_in{.file = "/a", .folder = "/b"};
    EXPECT_EQ(present_where(built_in, {}), built_in);
    EXPECT_EQ(present_where({}, {}), Authorities{});
}

} // namespace
} // namespace fathom::detail::curl
