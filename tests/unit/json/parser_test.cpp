#include "json/parser.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace {

using fathom::detail::json::Parser;
using fathom::detail::json::Scalar;

/// Writes down what it is told.
class Scribe {
public:
    std::string heard{};
    std::size_t broken_at_byte = 0;

    bool start_object() { return hear("{"); }
    bool key(std::string_view name) { return hear("<" + std::string(name) + ">"); }
    bool end_object() { return hear("}"); }
    bool start_array() { return hear("["); }
    bool end_array() { return hear("]"); }
    bool scalar(const Scalar& scalar) {
        switch (scalar.kind) {
        case Scalar::Kind::null: return hear("null ");
        case Scalar::Kind::boolean: return hear(scalar.boolean ? "true " : "false ");
        case Scalar::Kind::integer: return hear("integer " + std::to_string(scalar.integer) + " ");
        case Scalar::Kind::number: return hear("number " + std::string(scalar.text) + " ");
        case Scalar::Kind::text: return hear("'" + std::string(scalar.text) + "' ");
        }
        return false;
    }
    void broken_at(std::size_t position) { broken_at_byte = position; }

private:
    bool hear(const std::string& what) {
        heard += what;
        return true;
    }
};

/// What is heard of a text; "broken" where it is not JSON.
std::string heard(std::string_view text) {
    Scribe scribe;
    return Parser<Scribe>(text, scribe).run() ? scribe.heard : "broken";
}

bool is_read(std::string_view text) { return heard(text) != "broken"; }

TEST(JsonParser, TellsWhatATextHolds) {
    EXPECT_EQ(heard(R"( {"a" : [1, -2.50, "x", true, false, null], "b": {}, "c": [] } )"),
              "{<a>[integer 1 number -2.50 'x' true false null ]<b>{}<c>[]}");
}

TEST(JsonParser, ReadsAScalarAlone) { EXPECT_EQ(heard("\"alone\""), "'alone' "); }

TEST(JsonParser, SkipsAByteOrderMark) { EXPECT_EQ(heard("\xEF\xBB\xBF[]"), "[]"); }

TEST(JsonParser, ReplacesEscapes) {
    EXPECT_EQ(heard(R"("\"\\\/\b\f\n\r\t")"), "'\"\\/\b\f\n\r\t' ");
    EXPECT_EQ(heard(R"("\u0041\u00e9\u20AC\uD83D\uDE00 and so on")"), "'A\u00e9\u20AC\U0001F600 and so on' ");
}

TEST(JsonParser, KeepsIntegersWholeAndOtherNumbersAsDigits) {
    EXPECT_EQ(heard("[9223372036854775807, -9223372036854775808, 9223372036854775808, 1e2, -0, 0.1]"),
              "[integer 9223372036854775807 integer -9223372036854775808 number 9223372036854775808 number 1e2 "
              "integer 0 number 0.1 ]");
}

TEST(JsonParser, RefusesWhatIsNotJson) {
    for (const std::string_view text :
         {"",      " ",       "[",        "]",          "{",           "[1,]",        "[,1]",   "[1 2]",
          "{,}",   "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}",       "{1:1}",       "[1}",    "{\"a\":1]",
          "[] []", "nul",     "nulll",    "tru",        "TRUE",        "'a'",         "01",     "-",
          "-a",    "1.",      ".5",       "1e",         "1e+",         "+1",          "0x1",    "NaN",
          "\"",    "\"\\",    "\"\\x\"",  "\"\\u12\"",  "\"\\u12g4\"", "\"\\u+123\"", "\"\t\"", "// []"}) {
        EXPECT_FALSE(is_read(text)) << text;
    }
}

TEST(JsonParser, RefusesTextThatIsNotUnicode) {
    for (const std::string_view text :
         {"\"\x80\"", "\"\xC0\xAF\"", "\"\xC3\"", "\"\xE0\x80\x80\"", "\"\xED\xA0\x80\"", "\"\xF0\x80\x80\x80\"",
          "\"\xF4\x90\x80\x80\"", "\"\xF5\x80\x80\x80\"", "\"\xE2\x82\"", "\"\xE2\x82", "\"\\uD800\"", "\"\\uDC00\"",
          "\"\\uD800\\u0041\"", "\"\\uD800x\""}) {
        EXPECT_FALSE(is_read(text)) << testing::PrintToString(text);
    }
}

TEST(JsonParser, TellsHowFarATextCouldBeRead) {
    Scribe scribe;
    EXPECT_FALSE(Parser<Scribe>("[1, 2, x]", scribe).run());
    EXPECT_EQ(scribe.broken_at_byte, 7U);
}

TEST(JsonParser, ReadsAnyDepth) {
    constexpr std::size_t depth = 1'000'000;
    EXPECT_TRUE(is_read(std::string(depth, '[') + std::string(depth, ']')));
}

// Another parser judges the same texts, of which none has a number that is too large for it: pieces of JSON in random order, and sound texts with one byte changed.
TEST(JsonParser, ReadsJustWhatAnotherParserReads) {
    constexpr std::array<std::string_view, 22> pieces{
        "{",    "}",     "[",    "]",  ",",  ":",    " ",  "\"a\"", "\"\\u00e9\"", "\"\xC3\xA9\"", "0", "-1", "2.5",
        "true", "false", "null", "\"", "\\", "\xE2", "\n", "-",     ".",
    };
    std::minstd_rand dice(1);
    std::vector<std::string> texts;
    for (int i = 0; i < 20'000; ++i) {
        std::string text;
        for (auto count = dice() % 9; count > 0; --count) text += pieces[dice() % pieces.size()];
        texts.push_back(text);
    }
    const std::string sound = "{\"k\": [1, -2.5e+3, \"t\\n\\uD83D\\uDE00\xE2\x82\xAC\", true, null, {\"\": {}}]}";
    for (int i = 0; i < 20'000; ++i) {
        std::string text = sound;
        text[dice() % text.size()] = static_cast<char>(dice() % 256);
        texts.push_back(text);
    }
    for (const std::string& text : texts) {
        ASSERT_EQ(is_read(text), nlohmann::json::accept(text)) << testing::PrintToString(text);
    }
}

} // namespace
