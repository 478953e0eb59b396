#include "http2_connection.hpp"

namespace fathom::faults {

namespace {

std::string big_endian(std::uint32_t value, int bytes) {
    std::string text;
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) text += static_cast<char>((value >> shift) & 0xff);
    return text;
}

std::uint32_t number(std::string_view text) {
    std::uint32_t value = 0;
    for (const char c : text) value = (value << 8) | static_cast<unsigned char>(c);
    return value;
}

} // namespace

std::string setting(Setting name, std::uint32_t value) {
    return big_endian(static_cast<std::uint32_t>(name), 2) + big_endian(value, 4);
}

std::string frame(FrameType type, std::uint8_t flags, std::uint32_t stream, std::string_view payload) {
    std::string text = big_endian(static_cast<std::uint32_t>(payload.size()), 3);
    text += static_cast<char>(type);
    text += static_cast<char>(flags);
    return text.append(big_endian(stream, 4)).append(payload);
}

Http2Connection::Http2Connection(Connection& connection, std::string_view settings) : connection_(connection) {
    constexpr std::size_t preface = 24;
    connection_.read_exactly(preface);
    send(FrameType::settings, 0, 0, settings);
}

template <class IsLast>
std::uint32_t Http2Connection::read_until(const IsLast& is_last) {
    constexpr std::size_t head_size = 9;
    constexpr std::uint8_t acknowledged = 1;
    while (true) {
        const std::string head = connection_.read_exactly(head_size);
        if (head.size() < head_size) return 0;
        const std::string payload = connection_.read_exactly(number(std::string_view(head).substr(0, 3)));
        const auto type = static_cast<FrameType>(head[3]);
        const auto flags = static_cast<std::uint8_t>(head[4]);
        if (is_last(type, flags)) return number(std::string_view(head).substr(5));
        const bool is_answer = (flags & acknowledged) != 0;
        if (type == FrameType::settings && !is_answer) send(FrameType::settings, acknowledged, 0, "");
        if (type == FrameType::ping && !is_answer) send(FrameType::ping, acknowledged, 0, payload);
    }
}

std::uint32_t Http2Connection::next_request() {
    return read_until([](FrameType type, std::uint8_t flags) {
        const bool may_end = type == FrameType::headers || type == FrameType::data;
        return may_end && (flags & end_stream) != 0;
    });
}

std::uint32_t Http2Connection::next_head() {
    return read_until([](FrameType type, std::uint8_t) { return type == FrameType::headers; });
}

void Http2Connection::answer(std::uint32_t stream, std::string_view body) {
    send(FrameType::headers, end_headers, stream, "\x88"); // ":status: 200" in HPACK's static table
    send(FrameType::data, end_stream, stream, body);
}

void Http2Connection::reset_stream(std::uint32_t stream, Http2Error error) {
    send(FrameType::reset_stream, 0, stream, big_endian(static_cast<std::uint32_t>(error), 4));
}

void Http2Connection::go_away(std::uint32_t last_stream) {
    send(FrameType::go_away, 0, 0, big_endian(last_stream, 4) + big_endian(0, 4));
}

void Http2Connection::send(FrameType type, std::uint8_t flags, std::uint32_t stream, std::string_view payload) {
    connection_.send(frame(type, flags, stream, payload));
}

} // namespace fathom::faults
