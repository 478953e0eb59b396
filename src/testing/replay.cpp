#include <fathom/testing/replay.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <fstream>
#include <mutex>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <date/date.h>
#include <nlohmann/json.hpp>

#include <fathom/error.hpp>

#include "../platform/path_text.hpp"

namespace fathom::testing {

namespace {

using Json = nlohmann::ordered_json;
using std::chrono::milliseconds;

/// One line of a recording.
struct Exchange {
    std::string request{}; ///< Method, path and query.
    std::string body{};    ///< What was sent with it.
    std::chrono::system_clock::time_point at{};
    std::int64_t number = 0; ///< In order of being sent.
    ScriptedTransport::Step step{};
    bool is_used = false;
};

/// Path and query of an absolute URL.
std::string_view target_of(std::string_view url) {
    const std::size_t scheme = url.find("://");
    const std::size_t path = scheme == std::string_view::npos ? 0 : url.find('/', scheme + 3);
    return path == std::string_view::npos ? "/" : url.substr(path);
}

std::string bytes_of(std::string_view base64) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string bytes;
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const char c : base64.substr(0, base64.find('='))) {
        const std::size_t value = digits.find(c);
        if (value == std::string_view::npos) throw std::runtime_error("is not base64");
        bits = bits << 6U | static_cast<std::uint32_t>(value);
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes.push_back(static_cast<char>(bits >> count & 0xFFU));
        }
    }
    return bytes;
}

/// What a line has under a name, or in base64.
std::string body_in(const Json& line, const std::string& name) {
    const std::string in_base64 = name + "_base64";
    return line.contains(in_base64) ? bytes_of(line.at(in_base64).get<std::string>()) : line.value(name, "");
}

ErrorKind kind_of(std::string_view name) {
    for (const ErrorKind kind :
         {ErrorKind::network, ErrorKind::proxy, ErrorKind::tls, ErrorKind::timeout, ErrorKind::response_too_large}) {
        if (name == to_string(kind)) return kind;
    }
    return ErrorKind::internal;
}

ScriptedTransport::Step step_of(const Json& line) {
    const milliseconds latency{line.at("ms").get<std::int64_t>()};
    if (line.contains("given_up")) { // no answer came while the client waited, however long it waits now
        return ScriptedAnswer{.latency = (milliseconds::max)()};
    }
    if (line.contains("error")) {
        return ScriptedFailure{.error = {.kind = kind_of(line.at("error").get<std::string>()),
                                         .message = line.at("message").get<std::string>(),
                                         .request_sent = line.at("request_sent").get<bool>()},
                               .latency = latency};
    }
    ScriptedAnswer answer{.status = line.at("status").get<int>(), .body = body_in(line, "body"), .latency = latency};
    for (const Json& header : line.at("headers")) {
        answer.headers.append(header.at(0).get<std::string>(), header.at(1).get<std::string>());
    }
    return answer;
}

std::chrono::sys_seconds instant_in(const std::string& text) {
    std::istringstream in(text);
    std::chrono::sys_seconds instant;
    in >> date::parse("%FT%TZ", instant);
    if (!in) throw std::runtime_error("has no time of the form 2026-06-01T10:00:00Z");
    return instant;
}

/// Older lines have no number; the second in which they were sent stands for it.
std::int64_t number_in(const Json& line, std::chrono::sys_seconds at) {
    return line.value("number", std::int64_t{std::chrono::microseconds(at.time_since_epoch()).count()});
}

Exchange exchange_in(const Json& line) {
    const std::chrono::sys_seconds at = instant_in(line.at("at").get<std::string>());
    return {.request = line.at("method").get<std::string>() + ' ' +
                       std::string(target_of(line.at("url").get_ref<const std::string&>())),
            .body = body_in(line, "request"),
            .at = at,
            .number = number_in(line, at),
            .step = step_of(line)};
}

/// What a file holds.
struct Lines {
    std::vector<Exchange> exchanges{}; ///< In the order in which they were sent.
    std::vector<std::size_t> cut{};    ///< Numbers of lines that are no JSON, as a crash leaves them.

    void add(std::size_t number, std::string_view text) {
        if (text.find_first_not_of(" \t\r") == std::string_view::npos) return;
        const Json line = Json::parse(text, nullptr, false);
        if (line.is_discarded()) return cut.push_back(number);
        try {
            Exchange exchange = exchange_in(line);
            // They were written as answers came, so few belong far from the end.
            const auto place = std::ranges::upper_bound(exchanges, exchange.number, {}, &Exchange::number);
            exchanges.insert(place, std::move(exchange));
        } catch (const std::exception& problem) {
            throw std::runtime_error("line " + std::to_string(number) + " of the recording: " + problem.what());
        }
    }
};

Lines lines_in(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot read the recording " + fathom::detail::utf8_text(path));
    Lines lines;
    std::string line;
    for (std::size_t number = 1; std::getline(file, line); ++number) lines.add(number, line);
    return lines;
}

/// Whether a text is what was recorded, in which `***` stands for any.
bool matches(std::string_view recorded, std::string_view text) {
    constexpr std::string_view cover = "***";
    const std::size_t first = recorded.find(cover);
    if (first == std::string_view::npos) return recorded == text;
    if (!text.starts_with(recorded.substr(0, first))) return false;
    text.remove_prefix(first);
    recorded.remove_prefix(first + cover.size());
    for (std::size_t next = recorded.find(cover); next != std::string_view::npos; next = recorded.find(cover)) {
        const std::size_t found = text.find(recorded.substr(0, next));
        if (found == std::string_view::npos) return false;
        text.remove_prefix(found + next);
        recorded.remove_prefix(next + cover.size());
    }
    return text.ends_with(recorded);
}

/// The exchanges of a recording, each of which answers once.
class Recording {
public:
    explicit Recording(std::filesystem::path path) : path_(std::move(path)), lines_(lines_in(path_)) {}

    [[nodiscard]] std::optional<std::chrono::system_clock::time_point> begin() const {
        return lines_.exchanges.empty() ? std::nullopt : std::optional(lines_.exchanges.front().at);
    }
    [[nodiscard]] ScriptedTransport::Step answer(const HttpRequest& request) {
        const std::string asked = std::string(to_string(request.method)) + ' ' + std::string(target_of(request.url));
        const std::scoped_lock lock(mutex_);
        std::size_t uses = 0;
        Exchange* best = nullptr; // the first, or the first with this body
        for (Exchange& exchange : lines_.exchanges) {
            if (!matches(exchange.request, asked)) continue;
            if (exchange.is_used) {
                ++uses;
            } else if (matches(exchange.body, request.body)) {
                best = &exchange;
                break;
            } else if (best == nullptr) {
                best = &exchange;
            }
        }
        if (best != nullptr) {
            best->is_used = true;
            return best->step;
        }
        return ScriptedFailure{.error = {.kind = ErrorKind::internal, .message = refusal(asked, uses)}};
    }

private:
    [[nodiscard]] std::string refusal(const std::string& asked, std::size_t uses) const {
        if (uses > 0) {
            return asked + " was recorded " + std::to_string(uses) + (uses == 1 ? " time" : " times") + " in " +
                   fathom::detail::utf8_text(path_) + ", and is now requested once more";
        }
        std::string message = asked + " was not recorded in " + fathom::detail::utf8_text(path_);
        const auto next = std::ranges::find(lines_.exchanges, false, &Exchange::is_used);
        message.append(next == lines_.exchanges.end() ? "; all that was is used" : "; next is " + next->request);
        if (!lines_.cut.empty()) message.append("; line " + std::to_string(lines_.cut.front()) + " cannot be read");
        return message;
    }

    std::filesystem::path path_;
    std::mutex mutex_{};
    Lines lines_;
};

} // namespace

std::shared_ptr<ScriptedTransport> replay(const std::filesystem::path& recording) {
    const auto exchanges = std::make_shared<Recording>(recording);
    auto transport = std::make_shared<ScriptedTransport>();
    if (const auto begin = exchanges->begin()) transport->set_calendar(*begin);
    transport->respond_with([exchanges](const HttpRequest& request) { return exchanges->answer(request); });
    return transport;
}

} // namespace fathom::testing
