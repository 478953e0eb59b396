#include "http1_faults.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <thread>

namespace fathom::faults {

namespace {

const std::string head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

std::string whole(const std::string& body) {
    return head + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

/// Writes bits into bytes as deflate wants them (RFC 1951, 3.1.1): from the lowest one on.
class Bits {
public:
    /// Of Huffman codes the highest bit comes first.
    void code(unsigned bits, unsigned count) {
        while (count-- > 0) bit((bits >> count & 1U) != 0);
    }
    [[nodiscard]] const std::string& bytes() const { return bytes_; }

private:
    void bit(bool is_set) {
        if (used_ == 8) bytes_.push_back('\0'), used_ = 0;
        if (is_set) bytes_.back() = static_cast<char>(static_cast<unsigned char>(bytes_.back()) | 1U << used_);
        ++used_;
    }

    std::string bytes_{};
    unsigned used_ = 8;
};

void send_and_wait(Connection& connection, std::string_view text) {
    connection.send(text);
    connection.read_to_end();
}

std::vector<Http1Fault> broken_connections() {
    return {
        {"reset before the request", ErrorKind::network, [](Connection& c) { c.reset(); }, true},
        {"reset after the request", ErrorKind::network, [](Connection& c) { c.reset(); }},
        {"end after the request", ErrorKind::network, [](Connection&) {}},
        {"end inside the head", ErrorKind::network, [](Connection& c) { c.send(head); }},
        {"reset inside the head", ErrorKind::network,
         [](Connection& c) {
             c.send(head);
             c.reset();
         }},
        {"end inside the body", ErrorKind::network,
         [](Connection& c) { c.send(head + "Content-Length: 99\r\n\r\n{"); }},
        {"reset inside the body", ErrorKind::network,
         [](Connection& c) {
             c.send(head + "Content-Length: 99\r\n\r\n{");
             c.reset();
         }},
        {"reset after the body", std::nullopt,
         [](Connection& c) {
             c.send(whole(std::string(answer_to_all)));
             c.reset();
         }},
        {"silence", ErrorKind::timeout, [](Connection& c) { c.read_to_end(); }},
        {"silence inside the head", ErrorKind::timeout, [](Connection& c) { send_and_wait(c, head); }},
        {"silence inside the body", ErrorKind::timeout,
         [](Connection& c) { send_and_wait(c, head + "Content-Length: 99\r\n\r\n{"); }},
        {"drip", ErrorKind::timeout,
         [](Connection& c) {
             c.send(head + "Content-Length: 99999\r\n\r\n{");
             while (c.send(" ")) std::this_thread::sleep_for(std::chrono::milliseconds{5});
         }},
    };
}

std::vector<Http1Fault> wrong_answers() {
    return {
        {"length that is no number", ErrorKind::network,
         [](Connection& c) { send_and_wait(c, head + "Content-Length: -5\r\n\r\n{}"); }},
        {"chunk without a size", ErrorKind::network,
         [](Connection& c) { send_and_wait(c, head + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n"); }},
        {"end inside a chunk", ErrorKind::network,
         [](Connection& c) { c.send(head + "Transfer-Encoding: chunked\r\n\r\n99\r\n{"); }},
        {"no HTTP", ErrorKind::network, [](Connection& c) { send_and_wait(c, "220 mail.example.com ESMTP\r\n"); }},
        {"compression that is none", ErrorKind::network,
         [](Connection& c) { send_and_wait(c, head + "Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd"); }},
        {"head without end", ErrorKind::response_too_large,
         [](Connection& c) {
             c.send(head);
             c.flood("X-Header: x\r\n", much);
         }},
        {"trailers without end", ErrorKind::response_too_large,
         [](Connection& c) {
             c.send(head + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n");
             c.flood("X-Trailer: x\r\n", much);
         }},
        {"interim answers without end", ErrorKind::response_too_large,
         [](Connection& c) { c.flood("HTTP/1.1 103 Early Hints\r\n\r\n", much); }},
        {"body without end", ErrorKind::response_too_large,
         [](Connection& c) {
             c.send(head + "\r\n");
             c.flood("xxxxxxxx", much);
         }},
        {"megabytes of zeros, compressed", ErrorKind::response_too_large,
         [](Connection& c) {
             const std::string zeros = compressed_zeros(4'000'000);
             send_and_wait(c, head + "Content-Encoding: gzip\r\nContent-Length: " + std::to_string(zeros.size()) +
                                  "\r\n\r\n" + zeros);
         }},
    };
}

std::vector<Http1Fault> wrong_contents() {
    const auto sends = [](std::string body) { return [answer = whole(body)](Connection& c) { c.send(answer); }; };
    constexpr std::size_t deep = 40'000;
    std::string nested(answer_to_all.substr(0, answer_to_all.size() - 1));
    nested.append(R"(,"more":)").append(deep, '[').append(deep, ']').append("}");
    return {
        {"empty body", ErrorKind::decode, sends(""), false, true},
        {"JSON that is cut off", ErrorKind::decode, sends(R"({"id":"A","na)"), false, true},
        {"arrays in arrays, 40,000 deep", std::nullopt, sends(nested)},
        {"page of HTML", ErrorKind::decode,
         [](Connection& c) {
             c.send("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>");
         }},
    };
}

std::vector<Http1Fault> redirects() {
    std::vector<Http1Fault> all;
    for (const std::string status :
         {"301 Moved Permanently", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"}) {
        all.push_back({"redirect " + status.substr(0, 3), ErrorKind::unexpected_status, [=](Connection& c) {
                           c.send("HTTP/1.1 " + status +
                                  "\r\nLocation: https://example.com/\r\nContent-Length: 0\r\n\r\n");
                       }});
    }
    return all;
}

} // namespace

std::string compressed_zeros(std::size_t count) {
    constexpr std::size_t longest_match = 258;
    Bits bits;
    bits.code(0b110, 3);      // the last block, with fixed codes
    bits.code(0b00110000, 8); // the byte 0
    for (std::size_t i = 0; i < count / longest_match; ++i) {
        bits.code(0b11000101, 8); // 258 bytes,
        bits.code(0, 5);          // the same as the one before
    }
    bits.code(0, 7); // the end
    return std::string("\x1f\x8b\x08\0\0\0\0\0\0\xff", 10) + bits.bytes();
}

std::vector<Http1Fault> http1_faults() {
    std::vector<Http1Fault> all;
    for (auto faults : {broken_connections(), wrong_answers(), wrong_contents(), redirects()}) {
        std::ranges::move(faults, std::back_inserter(all));
    }
    return all;
}

} // namespace fathom::faults
