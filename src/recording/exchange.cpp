#include "exchange.hpp"

#include <array>
#include <cstdint>
#include <string_view>

#include "../json/json.hpp"
#include "../text/plain_text.hpp"
#include "../text/time_text.hpp"

namespace fathom::detail::recording {

namespace {

std::string base64(std::string_view bytes) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (; !bytes.empty(); bytes.remove_prefix(std::min<std::size_t>(3, bytes.size()))) {
        std::uint32_t three = 0;
        for (std::size_t i = 0; i < 3; ++i) {
            three = three << 8U | (i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U);
        }
        for (std::size_t i = 0; i < 4; ++i) {
            text.push_back(i <= bytes.size() ? digits[three >> (18U - 6U * i) & 63U] : '=');
        }
    }
    return text;
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const std::size_t length = character_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

/// A line that grows member by member.
class Line {
public:
    explicit Line(const Redaction& redaction) : redaction_(redaction) {}

    Line& text(std::string_view name, std::string_view value) { return raw(name, json::encode_text(value)); }
    Line& raw(std::string_view name, std::string_view json) {
        text_.append(text_.empty() ? "{" : ",").append(json::encode_text(name)).append(":").append(json);
        return *this;
    }
    /// Nothing for an empty one. What is no text is written in base64.
    Line& body(const std::string& name, std::string_view bytes) {
        if (bytes.empty()) return *this;
        const std::string shown = redaction_.body(bytes);
        return is_utf8(shown) ? text(name, shown) : text(name + "_base64", base64(shown));
    }
    Line& headers(const HttpHeaders& headers) {
        std::string list;
        for (const HttpHeader& header : headers.all()) {
            list.append(list.empty() ? "[" : ",[").append(json::encode_text(header.name)).append(",");
            list.append(json::encode_text(redaction_.header(header.name, header.value))).append("]");
        }
        return raw("headers", "[" + list + "]");
    }
    [[nodiscard]] std::string ended() && { return std::move(text_.append("}\n")); }

private:
    const Redaction& redaction_;
    std::string text_{};
};

Line beginning_of(const Sent& sent, std::chrono::milliseconds duration, const Redaction& redaction) {
    Line line(redaction);
    line.text("at", instant_text(std::chrono::floor<std::chrono::seconds>(sent.at)))
        .raw("number", std::to_string(sent.number))
        .text("method", to_string(sent.method))
        .text("url", redaction.url(sent.url))
        .body("request", sent.body)
        .raw("ms", std::to_string(duration.count()));
    return line;
}

} // namespace

std::string line_of(const Sent& sent, std::chrono::milliseconds duration, const HttpResponse& answer,
                    const Redaction& redaction) {
    Line line = beginning_of(sent, duration, redaction);
    line.raw("status", std::to_string(answer.status)).headers(answer.headers).body("body", answer.body);
    return std::move(line).ended();
}

std::string line_of(const Sent& sent, std::chrono::milliseconds duration, const TransportError& failure,
                    const Redaction& redaction) {
    Line line = beginning_of(sent, duration, redaction);
    line.text("error", to_string(failure.kind))
        .text("message", redaction.text(failure.message))
        .raw("request_sent", failure.request_sent ? "true" : "false");
    return std::move(line).ended();
}

std::string line_of_given_up(const Sent& sent, std::chrono::milliseconds duration, const Redaction& redaction) {
    Line line = beginning_of(sent, duration, redaction);
    line.raw("given_up", "true");
    return std::move(line).ended();
}

} // namespace fathom::detail::recording
