#include "http2_faults.hpp"

#include <cstddef>
#include <string_view>

namespace fathom::faults {

namespace {

using Http2 = Http2Connection;

constexpr std::uint8_t end_stream = Http2::end_stream;
constexpr std::uint8_t end_headers = Http2::end_headers;
constexpr std::string_view status_200 = "\x88"; // in HPACK's static table

/// A header field that no table keeps. Both parts are shorter than 127 bytes.
std::string field(std::string_view name, std::string_view value) {
    std::string text(1, '\0');
    text += static_cast<char>(name.size());
    text += name;
    text += static_cast<char>(value.size());
    text += value;
    return text;
}

std::string status(std::string_view number) {
    constexpr char name_in_table = 8;
    return std::string{name_in_table, static_cast<char>(number.size())}.append(number);
}

/// libcurl before 8.3 reads such frames for as long as they come faster than it reads; see docs/reliability.md.
constexpr std::size_t much_of_nothing = 1'000'000;

std::vector<Http2Fault> connections_that_break() {
    return {
        {"HTTP/2: reset after the request", ErrorKind::network,
         [](Http2&, Connection& connection, std::uint32_t) { connection.reset(); }},
        {"HTTP/2: end after the request", ErrorKind::network, [](Http2&, Connection&, std::uint32_t) {}},
        {"HTTP/2: end inside the body", ErrorKind::network,
         [](Http2& http2, Connection&, std::uint32_t stream) {
             http2.send(FrameType::headers, end_headers, stream, status_200);
             http2.send(FrameType::data, 0, stream, "{");
         }},
        {"HTTP/2: silence", ErrorKind::timeout,
         [](Http2&, Connection& connection, std::uint32_t) { connection.read_to_end(); }},
        {"HTTP/2: silence inside the body", ErrorKind::timeout,
         [](Http2& http2, Connection& connection, std::uint32_t stream) {
             http2.send(FrameType::headers, end_headers, stream, status_200);
             http2.send(FrameType::data, 0, stream, "{");
             connection.read_to_end();
         }},
        {"GOAWAY", ErrorKind::network,
         [](Http2& http2, Connection& connection, std::uint32_t) {
             http2.go_away(0);
             connection.read_to_end();
         },
         true},
        {"GOAWAY after the request was taken", ErrorKind::network,
         [](Http2& http2, Connection&, std::uint32_t stream) { http2.go_away(stream); }},
    };
}

std::vector<Http2Fault> broken_streams() {
    const auto reset_with = [](Http2Error error) {
        return [error](Http2& http2, Connection& connection, std::uint32_t stream) {
            http2.reset_stream(stream, error);
            connection.read_to_end();
        };
    };
    return {
        {"REFUSED_STREAM", ErrorKind::network, reset_with(Http2Error::refused_stream), true},
        {"RST_STREAM", ErrorKind::network, reset_with(Http2Error::internal)},
        {"RST_STREAM without an error", ErrorKind::network, reset_with(Http2Error::none)},
        {"RST_STREAM inside the body", ErrorKind::network,
         [reset_with](Http2& http2, Connection& connection, std::uint32_t stream) {
             http2.send(FrameType::headers, end_headers, stream, status_200);
             http2.send(FrameType::data, 0, stream, "{");
             reset_with(Http2Error::internal)(http2, connection, stream);
         }},
    };
}

std::vector<Http2Fault> wrong_frames() {
    return {
        {"HTTP/2: no frames", ErrorKind::network,
         [](Http2&, Connection& connection, std::uint32_t) {
             connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
             connection.read_to_end();
         }},
        {"DATA before HEADERS", ErrorKind::network,
         [](Http2& http2, Connection& connection, std::uint32_t stream) {
             http2.send(FrameType::data, end_stream, stream, "{}");
             connection.read_to_end();
         }},
        {"header block that cannot be read", ErrorKind::network,
         [](Http2& http2, Connection& connection, std::uint32_t stream) {
             http2.send(FrameType::headers, end_headers, stream, "\xff\xff\xff\xff\xff\xff\xff");
             connection.read_to_end();
         }},
        {"HTTP/2: length that lies", ErrorKind::network,
         [](Http2& http2, Connection& connection, std::uint32_t stream) {
             const std::string block = std::string(status_200) + field("content-length", "99");
             http2.send(FrameType::headers, end_headers, stream, block);
             http2.send(FrameType::data, end_stream, stream, "{}");
             connection.read_to_end();
         }},
        {"HTTP/2: compression that is none", ErrorKind::network,
         [](Http2& http2, Connection& connection, std::uint32_t stream) {
             const std::string block = std::string(status_200) + field("content-encoding", "gzip");
             http2.send(FrameType::headers, end_headers, stream, block);
             http2.send(FrameType::data, end_stream, stream, "abcd");
             connection.read_to_end();
         }},
        {"HTTP/2: redirect", ErrorKind::unexpected_status,
         [](Http2& http2, Connection&, std::uint32_t stream) {
             const std::string block = status("302") + field("location", "https://example.com/");
             http2.send(FrameType::headers, end_headers | end_stream, stream, block);
         }},
    };
}

std::vector<Http2Fault> floods() {
    return {
        {"CONTINUATION flood", ErrorKind::network,
         [](Http2& http2, Connection& connection, std::uint32_t stream) {
             http2.send(FrameType::headers, 0, stream, status_200);
             std::string block;
             while (block.size() < 16'000) block += field("a", std::string(100, 'x'));
             connection.flood(frame(FrameType::continuation, 0, stream, block), much);
         }},
        {"HTTP/2: interim answers without end", ErrorKind::network,
         [](Http2&, Connection& connection, std::uint32_t stream) {
             connection.flood(frame(FrameType::headers, end_headers, stream, status("103")), much);
         }},
        {"HTTP/2: body without end", ErrorKind::response_too_large,
         [](Http2& http2, Connection& connection, std::uint32_t stream) {
             http2.send(FrameType::headers, end_headers, stream, status_200);
             connection.flood(frame(FrameType::data, 0, stream, std::string(16'000, 'x')), much);
         }},
        {"a million bytes of empty DATA frames", ErrorKind::timeout,
         [](Http2& http2, Connection& connection, std::uint32_t stream) {
             http2.send(FrameType::headers, end_headers, stream, status_200);
             connection.flood(frame(FrameType::data, 0, stream, ""), much_of_nothing);
             connection.read_to_end();
         }},
    };
}

} // namespace

std::vector<Http2Fault> http2_faults() {
    std::vector<Http2Fault> all;
    for (auto part : {connections_that_break(), broken_streams(), wrong_frames(), floods()}) {
        for (Http2Fault& fault : part) all.push_back(std::move(fault));
    }
    return all;
}

} // namespace fathom::faults
