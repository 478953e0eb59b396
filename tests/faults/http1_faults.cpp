#include "http1_faults.hpp"

#include <cstddef>
#include <string_view>

namespace fathom::faults {

namespace {

const std::string head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

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
        {"silence", ErrorKind::timeout, [](Connection& c) { c.read_to_end(); }},
        {"silence inside the head", ErrorKind::timeout, [](Connection& c) { send_and_wait(c, head); }},
        {"silence inside the body", ErrorKind::timeout,
         [](Connection& c) { send_and_wait(c, head + "Content-Length: 99\r\n\r\n{"); }},
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
        {"redirect", ErrorKind::unexpected_status,
         [](Connection& c) {
             c.send("HTTP/1.1 302 Found\r\nLocation: https://example.com/\r\nContent-Length: 0\r\n\r\n");
         }},
        {"page of HTML", ErrorKind::decode,
         [](Connection& c) {
             c.send("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>");
         }},
    };
}

} // namespace

std::vector<Http1Fault> http1_faults() {
    std::vector<Http1Fault> all = broken_connections();
    for (Http1Fault& fault : wrong_answers()) all.push_back(std::move(fault));
    return all;
}

} // namespace fathom::faults
