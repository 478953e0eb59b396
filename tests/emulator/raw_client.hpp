/// @file
/// RawClient: speaks to an emulator without any of the SDK, so that each is judged by itself.
#pragma once

#include <chrono>
#include <stdexcept>
#include <string>
#include <string_view>

#include <httplib.h>
#include <nlohmann/json.hpp>

#include <fathom/testing/emulator.hpp>

namespace fathom::testing {

/// Encodes a query's value or a path's part.
inline std::string percent_encode(std::string_view text) {
    constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    for (const char character : text) {
        const auto byte = static_cast<unsigned char>(character);
        if (plain.find(character) != std::string_view::npos)
            encoded += character;
        else
            encoded += std::string{'%', digits[byte / 16], digits[byte % 16]};
    }
    return encoded;
}

/// What came back.
struct RawAnswer {
    int status = 0;
    std::string body{};
    httplib::Headers headers{};

    [[nodiscard]] nlohmann::json json() const { return nlohmann::json::parse(body); }
    [[nodiscard]] std::string header(const std::string& name) const {
        const auto found = headers.find(name);
        return found == headers.end() ? "" : found->second;
    }
};

/// One connection. Throws where no whole answer comes.
class RawClient {
public:
    explicit RawClient(const Emulator& emulator)
        : client_{"127.0.0.1", emulator.port()},
          headers_{{"Authorization", "Bearer " + emulator.api_key()}, {"Accept", "application/json"}} {
        client_.set_keep_alive(true);
        client_.set_tcp_nodelay(true);
    }

    /// Sets or, with an empty value, removes a header of all further requests.
    void set_header(const std::string& name, const std::string& value) {
        headers_.erase(name);
        if (!value.empty()) headers_.emplace(name, value);
    }

    RawAnswer get(const std::string& target) { return check(client_.Get("/v1" + target, headers_)); }
    RawAnswer remove(const std::string& target) { return check(client_.Delete("/v1" + target, headers_)); }
    RawAnswer post(const std::string& target, const nlohmann::json& body) { return post_text(target, body.dump()); }
    RawAnswer post_text(const std::string& target, const std::string& body, const char* type = "application/json") {
        return check(client_.Post("/v1" + target, headers_, body, type));
    }
    void set_read_timeout(std::chrono::milliseconds timeout) { client_.set_read_timeout(timeout); }

private:
    static RawAnswer check(const httplib::Result& result) {
        if (!result) throw std::runtime_error("no answer: " + httplib::to_string(result.error()));
        return {.status = result->status, .body = result->body, .headers = result->headers};
    }

    httplib::Client client_;
    httplib::Headers headers_;
};

/// An emulator without data, at noon of 15 June 2024.
inline EmulatorOptions empty_emulator(Dialect dialect = Dialect::specification) {
    using namespace std::chrono_literals;
    return {.dialect = dialect,
            .sample_data = SampleData::none,
            .now = std::chrono::sys_days{std::chrono::June / 15 / 2024} + 12h};
}

} // namespace fathom::testing
