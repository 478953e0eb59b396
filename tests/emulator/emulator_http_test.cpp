// HTTP itself: what RFC 9110 and RFC 9112 ask of a server, whatever the API.
#include <gtest/gtest.h>

#include "raw_client.hpp"
#include "raw_connection.hpp"

namespace fathom::testing {
namespace {

using namespace std::chrono_literals;

class EmulatorHttp : public ::testing::Test {
protected:
    static std::string status_of(const std::string& answer) { return answer.substr(9, 3); }
    static std::string header_of(const std::string& answer, const std::string& name) {
        const std::size_t begin = answer.find("\r\n" + name + ": ");
        if (begin == std::string::npos) return "";
        const std::size_t value = begin + name.size() + 4;
        return answer.substr(value, answer.find("\r\n", value) - value);
    }
    std::string refusal_of(std::string_view bytes) {
        RawConnection connection{emulator_};
        connection.send(bytes);
        const std::string answer = connection.read_all();
        return answer.empty() ? "nothing" : status_of(answer);
    }

    Emulator emulator_{empty_emulator()};
};

TEST_F(EmulatorHttp, GoesOnBehindTheBodyOfAnyMethod) {
    const std::string body = R"({"name":"x"})";
    const std::string chunks = "5;extension=1\r\n{\"nam\r\n7\r\ne\":\"x\"}\r\n0\r\nTrailer: 1\r\n\r\n";
    for (const char* method : {"GET", "HEAD", "OPTIONS", "DELETE", "POST", "PUT", "PATCH", "TRACE", "BREW"}) {
        RawConnection connection{emulator_};
        const bool has_body = std::string_view{method} != "HEAD";
        connection.send_request(method, "/v1/sites", "Content-Type: application/json\r\nContent-Length: 12\r\n", body);
        EXPECT_NE(status_of(connection.read_answer(has_body)), "") << method;
        connection.send_request(method, "/v1/sites", "Transfer-Encoding: chunked\r\n", chunks);
        EXPECT_NE(status_of(connection.read_answer(has_body)), "") << method;
        connection.send_request("GET", "/v1/account");
        EXPECT_EQ(status_of(connection.read_answer()), "200") << "after two times " << method;
    }
    const auto posts = emulator_.requests({.method = "POST"});
    ASSERT_EQ(posts.size(), 2U);
    EXPECT_EQ(posts[0].body, body);
    EXPECT_EQ(posts[1].body, body) << "without its chunks";
}

TEST_F(EmulatorHttp, AnswersRequestsThatCameAtOnce) {
    RawConnection connection{emulator_};
    connection.send_request("GET", "/v1/account", "", "\r\nGET /v1/nothing HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(status_of(connection.read_answer()), "200");
    EXPECT_EQ(status_of(connection.read_answer()), "404");
}

TEST_F(EmulatorHttp, SaysWhichMethodsAPathHas) {
    const auto answer = [&](const char* method, const char* path) {
        RawConnection connection{emulator_};
        connection.send_request(method, path, "Connection: close\r\n");
        const std::string text = connection.read_all();
        return status_of(text) + " " + header_of(text, "Allow");
    };
    EXPECT_EQ(answer("PUT", "/v1/account"), "405 GET, HEAD, OPTIONS");
    EXPECT_EQ(answer("PATCH", "/v1/sites"), "405 GET, HEAD, POST, OPTIONS");
    EXPECT_EQ(answer("TRACE", "/v1/sites/X"), "405 GET, HEAD, POST, DELETE, OPTIONS");
    EXPECT_EQ(answer("CONNECT", "/v1/sites/X/data"), "405 DELETE, OPTIONS");
    EXPECT_EQ(answer("OPTIONS", "/v1/sites"), "204 GET, HEAD, POST, OPTIONS");
    EXPECT_EQ(answer("OPTIONS", "*").substr(0, 3), "204");
    EXPECT_EQ(answer("OPTIONS", "/v1/nothing"), "404 ");
    EXPECT_EQ(answer("PUT", "/v1/nothing"), "404 ");
    EXPECT_EQ(answer("BREW", "/v1/sites"), "501 ");
    EXPECT_EQ(answer("get", "/v1/sites"), "501 ") << "methods have their case";
}

TEST_F(EmulatorHttp, AnswersHeadAsGetWithoutABody) {
    RawConnection connection{emulator_};
    connection.send_request("GET", "/v1/account");
    const std::string whole = connection.read_answer();
    connection.send_request("HEAD", "/v1/account", "Connection: close\r\n");
    const std::string head = connection.read_all();
    EXPECT_EQ(status_of(head), "200");
    EXPECT_EQ(header_of(head, "Content-Length"), header_of(whole, "Content-Length"));
    EXPECT_NE(header_of(head, "Content-Length"), "0");
    EXPECT_TRUE(head.ends_with("\r\n\r\n"));
    EXPECT_NE(header_of(head, "Date"), "");
}

TEST_F(EmulatorHttp, RefusesWhatIsNoRequest) {
    EXPECT_EQ(refusal_of("hello\r\n\r\n"), "400");
    EXPECT_EQ(refusal_of("GET /v1/sites\r\n\r\n"), "400");
    EXPECT_EQ(refusal_of("GET /v1/sites HTTP/2.0\r\n\r\n"), "505");
    EXPECT_EQ(refusal_of("GET /v1/sites HTTP/1.1\r\n\r\n"), "400") << "no Host";
    EXPECT_EQ(refusal_of("GET /v1/sites HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"), "400");
    EXPECT_EQ(refusal_of("GET /v1/sites HTTP/1.1\r\nHost : a\r\n\r\n"), "400");
    EXPECT_EQ(refusal_of("GET /v1/sites HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n"), "400");
    EXPECT_EQ(refusal_of("GET /v1/a b HTTP/1.1\r\nHost: a\r\n\r\n"), "400");
    const std::string post = "POST /v1/sites HTTP/1.1\r\nHost: a\r\n";
    EXPECT_EQ(refusal_of(post + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx"), "400");
    EXPECT_EQ(refusal_of(post + "Content-Length: -1\r\n\r\n"), "400");
    EXPECT_EQ(refusal_of(post + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), "400");
    EXPECT_EQ(refusal_of(post + "Transfer-Encoding: chunked\r\n\r\nz\r\n"), "400");
    EXPECT_EQ(refusal_of(post + "Transfer-Encoding: gzip\r\n\r\n"), "501");
    EXPECT_EQ(refusal_of(post + "Content-Length: 99999999999999999999999\r\n\r\n"), "413");
    EXPECT_EQ(refusal_of(post + "Expect: a miracle\r\nContent-Length: 1\r\n\r\nx"), "417");
    EXPECT_EQ(refusal_of("GET /v1/sites HTTP/1.1\r\nX: " + std::string(70'000, 'x')), "431");
    EXPECT_EQ(emulator_.request_count(), 0U);
}

TEST_F(EmulatorHttp, AsksForABodyThatWaits) {
    RawConnection connection{emulator_};
    connection.send_request("POST", "/v1/sites",
                            "Expect: 100-continue\r\nContent-Type: application/json\r\nContent-Length: 12\r\n");
    EXPECT_EQ(status_of(connection.read_answer()), "100");
    connection.send(R"({"name":"x"})");
    EXPECT_EQ(status_of(connection.read_answer()), "200");
}

TEST_F(EmulatorHttp, NeverAsksAnOldClientForABodyThatWaits) {
    RawConnection old{emulator_};
    old.send("POST /v1/sites HTTP/1.0\r\nAuthorization: Bearer emulator-key\r\nExpect: 100-continue\r\n"
             "Content-Type: application/json\r\nContent-Length: 12\r\n\r\n{\"name\":\"x\"}");
    EXPECT_EQ(status_of(old.read_all()), "200");
}

TEST_F(EmulatorHttp, RefusesWithAHeadAloneWhereTheHeadWasAskedFor) {
    RawConnection connection{emulator_};
    connection.send_request("HEAD", "/v1/sites", "Expect: a miracle\r\n");
    const std::string answer = connection.read_all();
    EXPECT_EQ(status_of(answer), "417");
    EXPECT_TRUE(answer.ends_with("\r\n\r\n")) << answer;
}

TEST_F(EmulatorHttp, ReadsPathsHoweverTheyAreEncoded) {
    RawConnection connection{emulator_};
    connection.send_request("GET", "/v1/%73ites");
    EXPECT_EQ(status_of(connection.read_answer()), "200");
}

TEST_F(EmulatorHttp, ClosesWhereTheClientWantsIt) {
    RawConnection closing{emulator_};
    closing.send_request("GET", "/v1/account", "Connection: Keep-Alive, Close\r\n");
    EXPECT_EQ(header_of(closing.read_all(), "Connection"), "close");
    RawConnection old{emulator_};
    old.send("GET http://test/v1/account HTTP/1.0\r\nAuthorization: Bearer emulator-key\r\n\r\n");
    EXPECT_EQ(status_of(old.read_all()), "200");
}

TEST_F(EmulatorHttp, SendsNoBodyWithAStatusThatHasNone) {
    emulator_.inject({.status = 204, .body = "text"});
    RawConnection connection{emulator_};
    connection.send_request("GET", "/v1/account");
    const std::string answer = connection.read_answer();
    EXPECT_EQ(header_of(answer, "Content-Length"), "");
    connection.send_request("GET", "/v1/account");
    EXPECT_EQ(status_of(connection.read_answer()), "200");
}

TEST_F(EmulatorHttp, KeepsHeadersAsTheyCame) {
    RawConnection connection{emulator_};
    connection.send_request("GET", "/v1/account?a=1",
                            "X-Twice: 1\r\nX-Empty:\r\nx-twice:  2 \r\nConnection: close\r\n");
    EXPECT_EQ(status_of(connection.read_all()), "200");
    const RecordedRequest request = emulator_.requests().at(0);
    NamedValues sent;
    for (const auto& header : request.headers) {
        if (header.first.starts_with("X-") || header.first.starts_with("x-")) sent.push_back(header);
    }
    EXPECT_EQ(sent, (NamedValues{{"X-Twice", "1"}, {"X-Empty", ""}, {"x-twice", "2"}}));
}

} // namespace
} // namespace fathom::testing
