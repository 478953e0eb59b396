#include "recording/redaction.hpp"

#include <gtest/gtest.h>

#include "recording/emails.hpp"

namespace fathom::detail::recording {
namespace {

constexpr std::string_view key = "Q7f|xkJ2pLmN9vRtY4sWzA8b";

Redaction redaction() {
    Secrets secrets;
    secrets.add(std::string(key));
    return Redaction(secrets);
}
std::string body(std::string_view text) { return redaction().body(text); }
std::string url(std::string_view text) { return redaction().url(text); }

TEST(WithoutEmails, HidesAddressesAndNothingElse) {
    EXPECT_EQ(without_emails("Write to ann.o'neil+x@mail.example.org, or not."), "Write to ***, or not.");
    EXPECT_EQ(without_emails("<j\u00f6rg@k\u00f6ln.example> \"a b\"@example.org a@b.co"), "<***> *** ***");
    EXPECT_EQ(without_emails("mailto:ann%40example.org ann&#64;example.org ann&#X40;example.org"),
              "mailto:*** *** ***");
    EXPECT_EQ(without_emails("ann&#064;example.org ann&commat;example.org ann%2540example.org"), "*** *** ***");
    EXPECT_EQ(without_emails("?mail=ann@example.org&x=1"), "?mail=***&x=1");
    for (const char* other :
         {"/@user/post", "pkg@1.2.3", "a@b", "user@localhost", "@", "a@", "a@.", "a@b.c", "100 % @ home.de"}) {
        EXPECT_EQ(without_emails(other), other);
    }
}

TEST(WithoutEmails, HidesThoseAtANumberedAddress) {
    EXPECT_EQ(without_emails("joe@192.168.0.1, <joe@[192.168.0.1]> joe@[IPv6:2001:db8::1]."), "***, <***> ***.");
    for (const char* other : {"joe@[", "joe@[]", "joe@[a b]", "pkg@1.2.3", "joe@1..2.3", "@[192.168.0.1]"}) {
        EXPECT_EQ(without_emails(other), other);
    }
}

TEST(RedactedBody, HidesCredentialsByTheirNames) {
    EXPECT_EQ(body(R"({"name":"Shop", "share_password" : "hunter2", "n": 1})"),
              R"({"name":"Shop", "share_password" : "***", "n": 1})");
    EXPECT_EQ(body(R"({"Password":12345,"apiKey":"a","csrf_token":["b",{"c":"d"}],"secret":null,"keyword":"x"})"),
              R"({"Password":"***","apiKey":"***","csrf_token":["***",{"c":"***"}],"secret":null,"keyword":"x"})");
    EXPECT_EQ(body("share_password=hunter2&name=Shop"), "share_password=***&name=Shop");
    EXPECT_EQ(body(R"(<a href="/login?token=abc&x=1">)"), R"(<a href="/login?token=***&x=1">)");
}

TEST(RedactedBody, HidesCredentialsInTextsByTheirNames) {
    EXPECT_EQ(body(R"({"request":"{\"api_key\":\"OTHERKEY\",\"n\":1}"})"),
              R"({"request":"{\"api_key\":\"***\",\"n\":1}"})");
    EXPECT_EQ(body("PASSWORD=\"quoted pass\" token='quoted' x='y'"), "PASSWORD=*** token=*** x='y'");
    EXPECT_EQ(body("password: colonpass12, Authorization: Bearer OTHERTOKEN\nhost: x"),
              "password: *** Authorization: ***\nhost: x");
}

TEST(RedactedBody, HidesCredentialsOfJsonWithinProse) {
    EXPECT_EQ(body(R"({"error":"Unexpected body: {\"token\":\"abc123def\"}"})"),
              R"({"error":"Unexpected body: {\"token\":***}"})");
    EXPECT_EQ(body(R"(got {"token" : "ab\"cd", "n":1})"), R"(got {"token" : ***, "n":1})");
    EXPECT_EQ(body(R"(got "{\"token\":\"abc def\",\"n\":1}")"), R"(got "{\"token\":***,\"n\":1}")");
    EXPECT_EQ(body(R"(<script>window.x={"csrfToken":"abc","n":1}</script>)"),
              R"(<script>window.x={"csrfToken":***,"n":1}</script>)");
}

TEST(RedactedBody, HidesCredentialsOfProgramsAndSettings) {
    EXPECT_EQ(body("password = hunter2\nuser = ann"), "password = ***\nuser = ann");
    EXPECT_EQ(body("array('password' => 'hunter2', 'n' => 1)"), "array('password' => ***, 'n' => 1)");
    EXPECT_EQ(body("pwd=hunter2&n=1"), "pwd=***&n=1");
    EXPECT_EQ(body("token='cut within\nnext line"), "token=***\nnext line");
}

TEST(RedactedBody, HidesWhatFieldsAndMetadataOfAPageHold) {
    EXPECT_EQ(body(R"(<meta name="csrf-token" content="abc"><meta name="author" content="Ann">)"),
              R"(<meta name="csrf-token" content=***><meta name="author" content="Ann">)");
    EXPECT_EQ(body(R"(<input type="hidden" name="_token" value="abc" autocomplete="off">)"),
              R"(<input type="hidden" name="_token" value=*** autocomplete="off">)");
    EXPECT_EQ(body("<input value='abc' name='_token'> <input name=page value=7>"),
              "<input value=*** name='_token'> <input name=page value=7>");
}

TEST(RedactedBody, LeavesWordsAboutCredentials) {
    for (const char* text : {"no token here: yes", "Write about password reset: see docs", "a <b = c> value=1"}) {
        EXPECT_EQ(body(text), text);
    }
}

/// With the square of it, this would take hours.
TEST(RedactedBody, TakesTimeInProportionToItsLength) {
    for (const std::string piece :
         {"token=\"", "token=\\\"", "<a name=token value='", "a@[1.", "token \"' ", "x@1.2.3.4"}) {
        std::string text;
        while (text.size() < 300'000) text.append(piece);
        EXPECT_FALSE(body(text).empty()) << piece;
    }
}

TEST(RedactedBody, HidesAShortPasswordWithoutHidingDates) {
    Redaction learning = redaction();
    learning.learn_from(R"({"share_password":"2026"})");
    EXPECT_EQ(learning.body(R"({"date":"2026-06-10","visits":20261,"echo":"2026"})"),
              R"({"date":"2026-06-10","visits":20261,"echo":"***"})");
}

TEST(RedactedBody, HidesKeyAndAddressesHoweverTheyAreWritten) {
    EXPECT_EQ(body(R"({"email":"ann\u0040example.org","note":"Q7f\u007cxkJ2pLmN9vRtY4sWzA8b"})"),
              R"({"email":"***","note":"***"})");
    EXPECT_EQ(body(R"({"ann@example.org":{"m":"for \"ann@example.org\""}})"), R"({"***":{"m":"for \"***\""}})");
    EXPECT_EQ(body("<p>Q7f|xkJ2pLmN9vRtY4sWzA8b</p>"), "<p>***</p>");
}

TEST(RedactedBody, HidesWhatStandsInJsonThatIsCut) {
    EXPECT_EQ(body(R"({"share_password":"hunt)"), R"({"share_password":"***")");
    EXPECT_EQ(body(R"([{"email":"ann@example.org)"), R"([{"email":"***")");
    EXPECT_EQ(body(R"({"share_password":"hunt\)"), R"({"share_password":"***")");
}

TEST(RedactedBody, LeavesAllElseByteForByte) {
    const std::string rows =
        "[ {\"visits\":1.0e2 ,\t\"pathname\":\"\\/caf\\u00e9 \\\"x\\\"\"},\r\n{\"visits\":\"7\",\"uniques\":null} ]";
    EXPECT_EQ(body(rows), rows);
    const std::string broken = "{\"a\" \"b\" nonsense,, \\ ]}\"";
    EXPECT_EQ(body(broken), broken);
    const std::string binary("\x1f\x8b\x00\xff\xfe", 5);
    EXPECT_EQ(body(binary), binary);
}

TEST(RedactedBody, HidesWhatAnotherBodyNamedACredential) {
    Redaction redaction = fathom::detail::recording::redaction();
    redaction.learn_from(R"({"name":"Shop","share_password":"hun\"ter2"})");
    EXPECT_EQ(redaction.body(R"({"error":"hun\"ter2 is too short"})"), R"({"error":"*** is too short"})");
    EXPECT_EQ(redaction.text("at hun\"ter2"), "at ***");
}

TEST(RedactedUrl, HidesPartsAndLeavesTheOthersEncoded) {
    EXPECT_EQ(url("https://api.usefathom.com/v1/sites?limit=100&starting_after=A%42"),
              "https://api.usefathom.com/v1/sites?limit=100&starting_after=A%42");
    EXPECT_EQ(url("/v1/x?api_key=abc&password=&q=a%20ann%40example.org"), "/v1/x?api_key=***&password=&q=a%20***");
    EXPECT_EQ(url("/v1/Q7f%7CxkJ2pLmN9vRtY4sWzA8b/ann@example.org"), "/v1/***/***");
    EXPECT_EQ(url("/v1/a?filters=%5B%7B%22value%22%3A%22ann%40example.org%22%7D%5D"),
              "/v1/a?filters=%5B%7B%22value%22%3A%22***%22%7D%5D");
}

TEST(RedactedHeader, HidesCredentialsByNameAndByValue) {
    EXPECT_EQ(redaction().header("Set-Cookie", "id=1"), "***");
    EXPECT_EQ(redaction().header("X-CSRF-Token", "1"), "***");
    EXPECT_EQ(redaction().header("WWW-Authenticate", "Bearer"), "***");
    EXPECT_EQ(redaction().header("X-Echo", "Bearer Q7f|xkJ2pLmN9vRtY4sWzA8b of ann@example.org"), "Bearer *** of ***");
    EXPECT_EQ(redaction().header("Retry-After", "30"), "30");
    EXPECT_EQ(redaction().header("Location", "/login?token=abc"), "/login?token=***");
}

} // namespace
} // namespace fathom::detail::recording
