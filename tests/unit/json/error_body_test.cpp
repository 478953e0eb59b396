// What a person is told of an error, whatever shape the server gave it.
#include <gtest/gtest.h>

#include "json/json.hpp"

namespace fathom::detail::json {
namespace {

std::string message_in(std::string_view body) { return decode_error(body).message; }

TEST(ErrorBody, GivesTheTextOfEachKnownShape) {
    for (const char* body : {R"({"error":"No luck"})",
                             R"({"error":{"message":"No luck"}})",
                             R"({"message":"No luck"})",
                             R"({"error":["No luck"]})",
                             R"({"error":{"code":7,"message":"No luck"}})",
                             R"({"detail":"No luck"})",
                             R"({"errors":["No luck"]})",
                             R"({"errors":"No luck"})",
                             R"({"errors":[{"code":"E1","message":"No luck"}]})",
                             R"({"errors":[{"message":"No luck","code":"E1"}]})",
                             R"({"errors":{"0":["No luck"]}})",
                             R"(["No luck"])",
                             R"([{"message":"No luck"}])",
                             R"("No luck")",
                             "No luck",
                             "\r\n No luck\n",
                             "\xEF\xBB\xBF{\"error\":\"No luck\"}",
                             R"({"errors":{"name":{"code":"E1","message":"No luck"}}})",
                             R"({"errors":{"name":[{"message":"No luck"}]}})",
                             R"({"error":null,"message":"No luck","errors":[]})",
                             R"({"error":"No luck","rest":)",
                             "<html><head><title>No luck</title>",
                             R"({"success":false,"error":{"description":"No luck"}})",
                             R"({"error":"No luck","n":1e999})",
                             R"({"Message":"No luck"})",
                             R"({"errorMessage":"No luck"})",
                             R"({"error_message":"No luck","error_code":7})",
                             R"({"messages":["No luck"]})",
                             R"({"fault":{"faultstring":"No luck","detail":{"errorcode":"x"}}})",
                             R"({"error":{"code":403,"message":"No luck","errors":[{"reason":"x"}]}})",
                             R"({"errors":{"message":"No luck"}})",
                             R"({"errors":[{"note":"No luck","id":"7f3a"}]})",
                             R"({"error":{"errors":["No luck"]}})",
                             R"({"error":{"details":[{"reason":"No luck"}]}})",
                             R"({"error":{"code":403,"name":"No luck"}})",
                             R"({"error":[["No luck"]]})",
                             R"({"messages":{"error":"No luck"},"status":400})"}) {
        EXPECT_EQ(message_in(body), "No luck") << body;
    }
}

TEST(ErrorBody, GivesTheHeadlineOfAPageHoweverItIsWritten) {
    for (const char* body :
         {"<html><head><title>No luck</title></head><body><h1>Sorry</h1>", "<HTML><HEAD>\n<TITLE>No luck</TITLE>",
          "<!doctype html><title lang=\"en\">\n  No luck\n</title>",
          "<html><body><h1>No luck</h1>\nNo server is available to handle this request.\n</body></html>",
          "<html><head><title></title></head><body><h1 class=\"a\">No luck</h1>",
          "<?xml version=\"1.0\"?><Error><Code>E1</Code><Message>No luck</Message></Error>"}) {
        EXPECT_EQ(message_in(body), "No luck") << body;
    }
}

TEST(ErrorBody, TakesNoTagForAnotherThatBeginsLikeIt) {
    EXPECT_EQ(message_in("<titles>No</titles><h1x>luck</h1x>"), "");
    EXPECT_EQ(message_in("<title"), "");
}

TEST(ErrorBody, JoinsATitleAndItsDetail) {
    EXPECT_EQ(message_in(R"({"type":"about:blank","title":"Out of credit","status":403,"detail":"30 are needed"})"),
              "Out of credit: 30 are needed");
    EXPECT_EQ(message_in(R"({"error":"invalid_token","error_description":"It has expired"})"),
              "invalid_token: It has expired");
    EXPECT_EQ(message_in(R"({"error":"Busy","message":"Busy, come back"})"), "Busy, come back");
}

TEST(ErrorBody, JoinsTheTextsOfAList) {
    for (const char* body : {R"({"message":["No luck","Try later"]})", R"({"error":["No luck","Try later"]})",
                             R"({"errors":["No luck","Try later"]})", R"({"details":["No luck","Try later"]})",
                             R"({"error":{"errors":["No luck","Try later"]}})"}) {
        EXPECT_EQ(message_in(body), "No luck; Try later") << body;
    }
}

TEST(ErrorBody, GivesTheCharactersThatAPageRefersTo) {
    EXPECT_EQ(
        message_in("<title>It&#39;s &quot;gone&quot; &amp;amp; won&#x2019;t &mdash; &copy &; &#xD800; &#0;</title>"),
        "It's \"gone\" &amp; won\u2019t \u2014 &copy &; &#xD800; &#0;");
    EXPECT_EQ(message_in("<title>&#xe9;&#x1F600;&#10;&</title>"), "\u00E9\U0001F600 &");
}

TEST(ErrorBody, GivesACodeWhereThereIsNothingElse) {
    EXPECT_EQ(message_in(R"({"errors":[{"code":"E1"}]})"), "E1");
    EXPECT_EQ(message_in(R"({"code":"E1","status":400})"), "E1");
}

TEST(ErrorBody, NamesTheFieldOfEachKnownShape) {
    const std::vector<FieldError> expected{{"name", "No luck"}};
    for (const char* body :
         {R"({"errors":{"name":["No luck"]}})", R"({"errors":{"name":"No luck"}})",
          R"({"errors":[{"field":"name","message":"No luck"}]})", R"({"errors":[{"name":"name","reason":"No luck"}]})",
          R"({"errors":[{"detail":"No luck","source":{"pointer":"name"}}]})",
          R"({"errors":{"name":{"code":"E1","message":"No luck"}}})",
          R"({"title":"T","invalid-params":[{"name":"name","reason":"No luck"}]})",
          R"({"errors":{"name":{"required":"No luck"}}})", R"({"errors":{"name":{"code":"E1","rule":"No luck"}}})",
          R"({"error":{"errors":{"name":["No luck"]}}})", R"({"error":{"details":{"name":"No luck"}}})",
          R"({"message":{"name":["No luck"]}})", R"({"error":[{"name":"No luck"}]})",
          R"({"error":{"name":{"required":"No luck"}}})", R"({"error":{"name":"No luck"}})",
          R"({"messages":{"name":"No luck"}})", R"({"details":[{"field":"name","message":"No luck"}]})"}) {
        EXPECT_EQ(decode_error(body).fields, expected) << body;
    }
}

TEST(ErrorBody, SaysNothingWhereNobodySaidAnything) {
    for (const char* body :
         {"", "{}", "[]", "null", "{\"error\":", "<html></html>", R"({"error":{}})", "{\"status\":500}"}) {
        EXPECT_EQ(message_in(body), "") << body;
    }
}

TEST(ErrorBody, IsShortenedInEachPart) {
    std::string body = R"({"message":")" + std::string(500'000, 'a') + R"(","errors":{)";
    for (int i = 0; i < 20'000; ++i) body += '"' + std::string(100, 'f') + std::to_string(i) + R"(":["no luck"],)";
    body.back() = '}';
    body += '}';
    const ServerMessage said = decode_error(body);
    EXPECT_LT(said.message.size(), 400U);
    EXPECT_EQ(said.fields.size(), 16U);
    for (const FieldError& field : said.fields) EXPECT_LT(field.field.size(), 100U);
}

TEST(ErrorBody, IsOneLineInEachPart) {
    const ServerMessage said =
        decode_error("{\"error\":\"no\\n[INF] login ok\\u001b[2J\",\"errors\":{\"a\\nb\":[\"c\\u2028d\"]}}");
    EXPECT_EQ(said.message, "no [INF] login ok [2J");
    EXPECT_EQ(said.fields, (std::vector<FieldError>{{"a b", "c d"}}));
}

TEST(ErrorBody, IsReadInSpiteOfBytesThatAreNotUtf8) { EXPECT_EQ(message_in("{\"error\":\"no\xFF\"}"), "no\uFFFD"); }

TEST(ErrorBody, SurvivesAnyDepth) {
    const std::string deep =
        R"({"errors":)" + std::string(100'000, '[') + std::string(100'000, ']') + R"(,"error":"x"})";
    EXPECT_EQ(message_in(deep), "x");
}

TEST(RefusalInASuccess, IsAnErrorInASuccess) {
    for (const char* body :
         {R"({"error":"busy"})", R"({"errors":["busy"]})", R"({"error":true,"message":"busy"})",
          R"({"success":false,"message":"busy"})", R"({"deleted":false,"message":"busy"})",
          R"({"status":"error","message":"busy"})", R"({"error":{"message":"busy"}})",
          R"({"title":"busy","status":503})", R"({"statusCode":429,"message":"busy"})",
          R"({"status":"failed","message":"busy"})", R"({"code":"500","message":"busy"})",
          R"({"error":{"errors":{"name":["busy"]}}})", R"({"Error":"busy"})", R"({"fault":{"faultstring":"busy"}})"}) {
        const auto error = refusal_in(body);
        ASSERT_TRUE(error) << body;
        EXPECT_EQ(error->kind, ErrorKind::decode) << body;
        EXPECT_NE(error->message.find("busy"), std::string::npos) << body;
    }
}

TEST(RefusalInASuccess, IsABareFalse) { EXPECT_TRUE(refusal_in("false")); }

TEST(RefusalInASuccess, IsNotWhatOnlyTalksOfErrors) {
    for (const char* body : {"", "{}", R"({"error":null})", R"({"error":false})", R"({"error":""})", R"({"errors":[]})",
                             R"({"message":"Deleted."})", R"({"id":"A","deleted":true})", R"({"status":"success"})",
                             R"({"status":200,"message":"Deleted."})", R"({"code":0,"message":"Deleted."})",
                             R"({"id":"500","status":600})", R"({"data":[{"error":"x"}]})", "true", "null", "0"}) {
        EXPECT_FALSE(refusal_in(body)) << body;
    }
}

Result<void> nothing_in(std::string_view body) {
    DriftLog drift;
    return decode_nothing(body, drift);
}

TEST(AnAnswerThatHoldsNothing, IsAnyJsonThatTellsOfNoFailure) {
    for (const char* body : {"", " \n", "{}", "[]", "true", "null", "\"ok\"", "1", R"({"deleted":true})"}) {
        EXPECT_TRUE(nothing_in(body)) << body;
    }
}

TEST(AnAnswerThatHoldsNothing, IsNeitherTextNorAPageNorARefusal) {
    EXPECT_EQ(nothing_in("OK").error().message, "the answer is not JSON; it begins with: OK");
    EXPECT_FALSE(nothing_in("<html>"));
    EXPECT_FALSE(nothing_in("false"));
    EXPECT_FALSE(nothing_in(R"({"error":"busy"})"));
}

} // namespace
} // namespace fathom::detail::json
