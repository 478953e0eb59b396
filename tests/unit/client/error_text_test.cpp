// What an error says to people, when the server is no friend.
#include <string>

#include "support/scripted_client.hpp"

namespace fathom {
namespace {

class HostileErrorText : public ScriptedClient {
protected:
    /// The error that a refused call ends with.
    Error refused(std::string body, int status = 422) {
        transport->then({.status = status, .body = std::move(body)});
        return Client({.api_key = key, .transport = transport}).sites().create({.name = "Shop"}).error();
    }

    const std::string key = "eyJ0eXAi|Kd83jsQ0pLmWx72bTzAq";
};

TEST_F(HostileErrorText, IsOneLine) {
    const Error error =
        refused(R"({"error":"no\n[INF] login ok\u001b[2J\u2028\u009b\u0000","errors":{"a\rb":["c\td"]}})");
    EXPECT_EQ(error.to_string(), "createSite: unprocessable (HTTP 422): no [INF] login ok [2J   ; a b: c d");
    EXPECT_EQ(Exception(error).what(), error.to_string());
}

TEST_F(HostileErrorText, IsOneLineWhateverAProgramPutsIn) {
    const Error error{.message = "a\nb", .fields = {{"c\nd", "e\x1B"}}, .operation = "f\ng"};
    EXPECT_EQ(error.to_string(), "f g: internal: a b; c d: e ");
}

TEST_F(HostileErrorText, IsShortForAMegabyteOfText) {
    EXPECT_LT(refused(R"({"error":")" + std::string(1'000'000, 'x') + R"("})").to_string().size(), 1'000U);
    EXPECT_LT(Error{.message = std::string(1'000'000, 'x')}.to_string().size(), 1'000U);
}

TEST_F(HostileErrorText, IsShortForAHundredThousandFields) {
    std::string body = R"({"message":")" + std::string(100'000, 'a') + R"(","errors":{)";
    for (int i = 0; i < 100'000; ++i) body += '"' + std::to_string(i) + R"(":["ab"],)";
    body.back() = '}';
    const Error error = refused(body + '}');
    EXPECT_LE(error.fields.size(), 16U);
    EXPECT_LT(error.to_string().size(), 4'096U);

    Error own{.message = "no"};
    for (int i = 0; i < 100'000; ++i) own.fields.push_back({"field", std::string(1'000, 'b') + std::to_string(i)});
    EXPECT_LT(own.to_string().size(), 4'096U);
    EXPECT_NE(own.to_string().find("and 99992 more fields"), std::string::npos);
}

TEST_F(HostileErrorText, HoldsNoKeyThatAServerSendsBack) {
    const std::string half = key.substr(0, key.size() / 2);
    const std::string other_half = key.substr(key.size() / 2);
    for (const std::string& body :
         {R"({"error":"bad key )" + key + R"("})", R"({"errors":{")" + key + R"(":[")" + key + R"("]}})",
          R"({"errors":{")" + half + R"(":[")" + other_half + R"("]}})",
          R"({"error":")" + std::string(290, 'x') + key + R"("})",
          std::string(R"({"error":"eyJ0eXAi%7CKd83jsQ0pLmWx72bTzAq"})"), "no such key: " + key}) {
        const Error error = refused(body);
        for (const std::string& part : {half, other_half, std::string("Kd83jsQ0"), std::string("eyJ0eXAi")}) {
            EXPECT_EQ(error.to_string().find(part), std::string::npos) << body << '\n' << error;
            EXPECT_EQ(error.message.find(part), std::string::npos) << body;
        }
    }
}

TEST_F(HostileErrorText, HoldsNoKeyThatStandsInAnAnswerOfSuccess) {
    for (const std::string& body :
         {R"({"error":"bad key )" + key + R"("})", "bad key " + key, R"({"id":["x"],"error":")" + key + R"("})"}) {
        const Error error = refused(body, 200);
        EXPECT_EQ(error.kind, ErrorKind::decode) << body;
        EXPECT_EQ(error.to_string().find("Kd83jsQ0"), std::string::npos) << error;
    }
}

TEST_F(HostileErrorText, HoldsNoPasswordOfAProxy) {
    transport->then({.status = 502, .body = "proxy says: user:hunter-22@proxy is unknown"});
    const Client client(
        {.api_key = key, .connection = {.proxy = "http://user:hunter%2D22@proxy:1"}, .transport = transport});
    EXPECT_EQ(client.sites().create({.name = "Shop"}).error().message, "proxy says: user:***@proxy is unknown");
}

TEST_F(HostileErrorText, TellsWhatAProxyWroteInPlainText) {
    const Error error = refused("upstream connect error or disconnect/reset before headers\n", 503);
    EXPECT_EQ(error.kind, ErrorKind::server);
    EXPECT_EQ(error.message, "upstream connect error or disconnect/reset before headers");
}

TEST_F(HostileErrorText, HasItsOwnWordsForAnAnswerThatIsNotModified) {
    const Error error = refused("", 304);
    EXPECT_EQ(error.kind, ErrorKind::unexpected_status);
    EXPECT_NE(error.message.find("304 Not Modified"), std::string::npos);
    EXPECT_EQ(error.message.find("redirect"), std::string::npos);
}

} // namespace
} // namespace fathom
