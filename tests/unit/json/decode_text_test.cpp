#include <gtest/gtest.h>

#include <string>

#include "json/json.hpp"

namespace fathom::detail::json {
namespace {

TEST(DecodeText, ReadsWhatEncodeTextWrote) {
    for (const std::string text : {"", "a \"b\" \\ \n", "\xc3\xbc"}) EXPECT_EQ(decode_text(encode_text(text)), text);
    EXPECT_EQ(decode_text(R"("\u00fc")"), "\xc3\xbc");
}

TEST(DecodeText, ReadsNothingElse) {
    for (const char* other : {"", "1", "null", "{}", "[]", R"(["a"])", R"({"a":"b"})", "\"a", R"("a" "b")", "a"}) {
        EXPECT_EQ(decode_text(other), std::nullopt) << other;
    }
}

} // namespace
} // namespace fathom::detail::json
