#include "http_reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <utility>
#include <vector>

#include "routes.hpp"
#include "text_order.hpp"

namespace fathom::testing::detail {
namespace {

constexpr std::size_t longest_head = std::size_t{64} * 1024;
constexpr std::size_t longest_body = std::size_t{16} * 1024 * 1024;
constexpr std::size_t longest_chunk_line = 4096;

// The client went away in the middle of a request.
struct ConnectionEnded {};

bool is_token(std::string_view text) {
    constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    const auto is_allowed = [&](char character) {
        const bool is_letter = (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
        return is_letter || (character >= '0' && character <= '9') || marks.find(character) != std::string_view::npos;
    };
    return !text.empty() && std::ranges::all_of(text, is_allowed);
}

bool is_control(char character) {
    return (static_cast<unsigned char>(character) < 0x20 && character != '\t') || character == 0x7F;
}

std::string_view trim(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string_view next_line(std::string_view& head) {
    const std::size_t end = head.find("\r\n");
    const std::string_view line = head.substr(0, end);
    head.remove_prefix(end + 2);
    return line;
}

// The path and query of a target, which a proxy would get with scheme and host.
std::string_view origin_form(std::string_view target) {
    const std::size_t scheme = target.find("://");
    if (target.starts_with('/') || scheme == std::string_view::npos) return target;
    const std::size_t path = target.find('/', scheme + 3);
    return path == std::string_view::npos ? std::string_view{"/"} : target.substr(path);
}

void set_target(std::string_view target, RecordedRequest& request) {
    const std::size_t question_mark = std::min(target.find('?'), target.size());
    request.path = target.substr(0, question_mark);
    if (question_mark < target.size()) request.query = target.substr(question_mark + 1);
    request.parameters = parse_query(request.query);
}

// @return the minor version of HTTP/1
int read_request_line(std::string_view line, RecordedRequest& request) {
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == std::string_view::npos || first == last) throw BadRequest{400};
    const std::string_view target = line.substr(first + 1, last - first - 1);
    const std::string_view version = line.substr(last + 1);
    request.method = line.substr(0, first);
    const auto is_blank = [](char character) { return character == ' ' || is_control(character) || character == '\t'; };
    if (!is_token(request.method) || target.empty() || std::ranges::any_of(target, is_blank)) throw BadRequest{400};
    if (version.size() != 8 || !version.starts_with("HTTP/")) throw BadRequest{400};
    if (!version.starts_with("HTTP/1.") || (version.back() != '0' && version.back() != '1')) throw BadRequest{505};
    set_target(origin_form(target), request);
    return version.back() - '0';
}

void read_header(std::string_view line, RecordedRequest& request) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) throw BadRequest{400};
    const std::string_view value = trim(line.substr(colon + 1));
    if (std::ranges::any_of(value, is_control)) throw BadRequest{400};
    request.headers.emplace_back(line.substr(0, colon), value);
}

std::vector<std::string> values_of(const RecordedRequest& request, std::string_view name) {
    std::vector<std::string> values;
    for (const auto& [header, value] : request.headers) {
        if (lower_case(header) == name) values.push_back(lower_case(value));
    }
    return values;
}

bool mentions(const std::vector<std::string>& lists, std::string_view word) {
    return std::ranges::any_of(lists, [&](const std::string& list) {
        std::string_view rest = list;
        while (true) {
            const std::size_t comma = rest.find(',');
            if (trim(rest.substr(0, comma)) == word) return true;
            if (comma == std::string_view::npos) return false;
            rest.remove_prefix(comma + 1);
        }
    });
}

template <int Base>
std::size_t read_size(std::string_view digits) {
    std::size_t size = 0;
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), size, Base);
    if (problem == std::errc::result_out_of_range) throw BadRequest{413};
    if (problem != std::errc{} || end != digits.data() + digits.size()) throw BadRequest{400};
    if (size > longest_body) throw BadRequest{413};
    return size;
}

} // namespace

std::optional<std::variant<HttpRequest, BadRequest>> HttpReader::read() {
    HttpRequest read;
    try {
        const auto text = take_head();
        if (!text) return std::nullopt;
        read.request.arrived_at = std::chrono::steady_clock::now();
        std::string_view head = *text;
        const int minor_version = read_request_line(next_line(head), read.request);
        while (!head.empty()) read_header(next_line(head), read.request);
        if (minor_version == 1 && values_of(read.request, "host").size() != 1) throw BadRequest{400};
        const auto connection = values_of(read.request, "connection");
        read.keep_alive = minor_version == 1 && !mentions(connection, "close");
        read_body(read.request, minor_version);
        return read;
    } catch (const BadRequest& bad) {
        return BadRequest{bad.status, read.request.method != "HEAD"};
    } catch (const ConnectionEnded&) {
        return std::nullopt;
    }
}

bool HttpReader::fill() {
    std::array<char, 16'384> bytes; // NOLINT(cppcoreguidelines-pro-type-member-init): written before it is read
    const std::size_t count = connection_.read_some(bytes.data(), bytes.size());
    buffer_.append(bytes.data(), count);
    return count > 0;
}

std::string HttpReader::take(std::size_t size) {
    std::string taken = buffer_.substr(0, size);
    buffer_.erase(0, size);
    return taken;
}

// The head with its last line end, without the blank line after it; nothing where no request begins.
std::optional<std::string> HttpReader::take_head() {
    while (true) {
        // A client may send a line end too many after a body.
        while (buffer_.starts_with("\r\n")) buffer_.erase(0, 2);
        const std::size_t end = buffer_.find("\r\n\r\n");
        if (end != std::string::npos && end <= longest_head) {
            std::string head = take(end + 4);
            head.resize(end + 2);
            return head;
        }
        if (buffer_.size() > longest_head) throw BadRequest{431};
        if (!fill()) return std::nullopt;
    }
}

std::string HttpReader::take_line() {
    while (true) {
        const std::size_t end = buffer_.find("\r\n");
        if (end != std::string::npos) {
            std::string line = take(end + 2);
            line.resize(end);
            return line;
        }
        if (buffer_.size() > longest_chunk_line) throw BadRequest{400};
        if (!fill()) throw ConnectionEnded{};
    }
}

void HttpReader::read_body(RecordedRequest& request, int minor_version) {
    const auto encodings = values_of(request, "transfer-encoding");
    const auto lengths = values_of(request, "content-length");
    if (!encodings.empty() && !lengths.empty()) throw BadRequest{400};
    if (!encodings.empty() && encodings != std::vector<std::string>{"chunked"}) throw BadRequest{501};
    if (std::ranges::any_of(lengths, [&](const std::string& length) { return length != lengths.front(); }))
        throw BadRequest{400};
    const std::size_t size = lengths.empty() ? 0 : read_size<10>(lengths.front());
    const auto expectations = values_of(request, "expect");
    if (!expectations.empty() && expectations != std::vector<std::string>{"100-continue"}) throw BadRequest{417};
    // HTTP/1.0 has no interim answers: what expects one there expects nothing.
    const bool waits = !expectations.empty() && minor_version == 1;
    if (waits && !connection_.write_all("HTTP/1.1 100 Continue\r\n\r\n")) throw ConnectionEnded{};
    request.body = encodings.empty() ? read_sized_body(size) : read_chunked_body();
}

std::string HttpReader::read_sized_body(std::size_t size) {
    while (buffer_.size() < size) {
        if (!fill()) throw ConnectionEnded{};
    }
    return take(size);
}

std::string HttpReader::read_chunked_body() {
    std::string body;
    while (true) {
        const std::string line = take_line();
        const std::size_t size = read_size<16>(trim(std::string_view{line}.substr(0, line.find(';'))));
        if (size == 0) break;
        if (body.size() + size > longest_body) throw BadRequest{413};
        body += read_sized_body(size);
        expect_line_end();
    }
    for (std::size_t trailers = 0; !take_line().empty(); ++trailers) {
        if (trailers > 100) throw BadRequest{431};
    }
    return body;
}

void HttpReader::expect_line_end() {
    if (read_sized_body(2) != "\r\n") throw BadRequest{400};
}

} // namespace fathom::testing::detail
