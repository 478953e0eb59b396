/// @file
/// Requests and answers as they go over the wire.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fathom/export.hpp>
#include <fathom/printing.hpp>

namespace fathom::inline v0_2 {

/// The HTTP methods that the API knows.
enum class HttpMethod : std::uint8_t { get, post, put, patch, delete_ };

/// The method as HTTP spells it, for example `"DELETE"`.
[[nodiscard]] FATHOM_EXPORT std::string_view to_string(HttpMethod method) noexcept;

/// Name and value of a header line.
struct HttpHeader {
    std::string name;  ///< Name, compared without regard to case.
    std::string value; ///< Value, without leading or trailing white space.

    /// Member-wise equality (names with regard to case).
    friend bool operator==(const HttpHeader&, const HttpHeader&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const HttpHeader& value);
};

/// The header lines of an answer. Kept as they came; a header is looked up when it is asked for.
class FATHOM_EXPORT HttpHeaders {
public:
    /// No headers.
    HttpHeaders() = default;
    /// From a list, for tests and for transports.
    HttpHeaders(std::initializer_list<HttpHeader> headers);

    /// Adds one header line.
    void append(std::string_view name, std::string_view value);
    /// Adds a line as it came over the wire (`Name: value`, with or without its line end).
    void append_line(std::string_view line);
    /// Memory that the lines take, in bytes.
    [[nodiscard]] std::size_t size() const noexcept { return text_.size(); }
    /// Forgets all lines.
    void clear() noexcept { text_.clear(); }

    /// The value of the first header of that name, compared without regard to case. The text lives as long as this.
    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const noexcept;
    /// All headers, in the order in which they came.
    [[nodiscard]] std::vector<HttpHeader> all() const;

    /// Equal where all lines are, in their order.
    friend bool operator==(const HttpHeaders&, const HttpHeaders&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const HttpHeaders& headers);

private:
    std::string text_; // lines "Name: value\n"
};

/// An answer of any status.
struct HttpResponse {
    int status = 0;        ///< HTTP status, 100–599.
    HttpHeaders headers{}; ///< The answer's headers.
    std::string body{};    ///< The decompressed body.
    int attempts = 1;      ///< Requests that were sent until this answer came, 0 if it was kept; set by the client.

    /// Member-wise equality.
    friend bool operator==(const HttpResponse&, const HttpResponse&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const HttpResponse& value);
};

/// A request of the caller's own making, for Client::request().
struct RawRequest {
    HttpMethod method = HttpMethod::get; ///< POST and PATCH are not repeated unless they provably never arrived.
    std::string path;                    ///< Path below the base URL, for example `/sites`; parts already encoded.
    /// Query parameters, in order; names and values are percent-encoded for you.
    std::vector<std::pair<std::string, std::string>> query{};
    std::string body{}; ///< JSON text; empty for none, as for a GET.

    /// Member-wise equality.
    friend bool operator==(const RawRequest&, const RawRequest&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const RawRequest& value);
};

} // namespace fathom::inline v0_2
