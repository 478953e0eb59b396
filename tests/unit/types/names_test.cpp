// Names of enumerators that logs and messages show.
#include <set>
#include <string_view>

#include <gtest/gtest.h>

#include <fathom/error.hpp>
#include <fathom/http.hpp>

namespace fathom {
namespace {

TEST(NamesOfErrorKinds, AreAllDifferent) {
    std::set<std::string_view> names;
    constexpr int count = static_cast<int>(ErrorKind::internal) + 1;
    for (int kind = 0; kind < count; ++kind) names.insert(to_string(static_cast<ErrorKind>(kind)));
    EXPECT_EQ(std::ssize(names), count);
    EXPECT_FALSE(names.contains("unknown"));
}

TEST(NamesOfMethods, AreThoseOfHttp) {
    EXPECT_EQ(to_string(HttpMethod::get), "GET");
    EXPECT_EQ(to_string(HttpMethod::post), "POST");
    EXPECT_EQ(to_string(HttpMethod::put), "PUT");
    EXPECT_EQ(to_string(HttpMethod::patch), "PATCH");
    EXPECT_EQ(to_string(HttpMethod::delete_), "DELETE");
}

} // namespace
} // namespace fathom
