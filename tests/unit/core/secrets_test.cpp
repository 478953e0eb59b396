#include "core/secrets.hpp"

#include <gtest/gtest.h>

namespace fathom::detail {
namespace {

/// What is shown of a text where this is the key.
std::string shown(std::string_view text, std::string key = "Q7f|xkJ2pLmN9vRtY4sWzA8b") {
    Secrets secrets;
    secrets.add(std::move(key));
    return secrets.hidden_in(text);
}

TEST(Secrets, AreCoveredWhereverTheyStand) {
    EXPECT_EQ(shown("Q7f|xkJ2pLmN9vRtY4sWzA8b"), "***");
    EXPECT_EQ(shown("key 'Q7f|xkJ2pLmN9vRtY4sWzA8b' or Q7f|xkJ2pLmN9vRtY4sWzA8b?"), "key '***' or ***?");
}

TEST(Secrets, AreCoveredInOtherWriting) {
    EXPECT_EQ(shown("Q7f%7CxkJ2pLmN9vRtY4sWzA8b"), "***");
    EXPECT_EQ(shown("%51%37%66%7c%78kJ2pLmN9vRtY4sWzA8b!"), "***!");
    EXPECT_EQ(shown("q7f|xkj2plmn9vrty4swza8b"), "***");
}

TEST(Secrets, AreCoveredInPartsThatGiveSomethingAway) {
    EXPECT_EQ(shown("begins Q7f|xkJ2pLmN…"), "begins ***…");
    EXPECT_EQ(shown("ends …9vRtY4sWzA8b"), "ends …***");
    EXPECT_EQ(shown("holds mN9vRtY4s"), "holds ***");
    EXPECT_EQ(shown("the last four: A8b"), "the last four: A8b");
}

TEST(Secrets, AreCoveredAsAWholeWhereTheyAreShort) {
    EXPECT_EQ(shown("user:hunter2@host", "hunter2"), "user:***@host");
    EXPECT_EQ(shown("hunter", "hunter2"), "hunter");
}

TEST(Secrets, ThatAreLearntAgainCostNothing) {
    Secrets secrets;
    for (int i = 0; i < 100'000; ++i) secrets.add("the same password");
    EXPECT_EQ(secrets.hidden_in(std::string(100'000, 'x')).size(), 100'000U);
}

TEST(Secrets, LeaveOtherTextAlone) {
    EXPECT_EQ(shown("The name field is required. 100 %"), "The name field is required. 100 %");
    EXPECT_EQ(shown("%", "abcd"), "%");
    EXPECT_EQ(shown("a b c", "abc"), "a b c");
}

TEST(Secrets, AreCoveredInEachPartOfAnError) {
    Secrets secrets;
    secrets.add("Q7fxkJ2pLmN9vRtY4sWzA8b");
    Error error{.message = "Q7fxkJ2pLmN9vRtY4sWzA8b: no", .fields = {{"Q7fxkJ2pLmN9", "vRtY4sWzA8b"}}};
    secrets.hide_in(error);
    EXPECT_EQ(error.fields, (std::vector<FieldError>{{"***", "***"}}));
    EXPECT_EQ(error.to_string(), "internal: ***: no");
}

TEST(PasswordIn, FindsWhatStandsBeforeTheHost) {
    EXPECT_EQ(password_in("http://user:se%40cret@proxy.example:3128/"), "se@cret");
    EXPECT_EQ(password_in("user:a:b@c@proxy"), "a:b@c");
    for (const char* url : {"", "http://proxy.example:3128", "http://user@proxy:3128", "http://proxy/a:b@c"}) {
        EXPECT_EQ(password_in(url), "") << url;
    }
}

} // namespace
} // namespace fathom::detail
