/// @file
/// RecordedRequest: what an emulator was asked, byte for byte and decoded.
#pragma once

#include <chrono>
#include <cstddef>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fathom/export.hpp>

namespace fathom::testing {

/// Names and values in the order in which they were sent; a name may come more than once.
using NamedValues = std::vector<std::pair<std::string, std::string>>;

/// A request as it arrived, and how it was answered.
struct FATHOM_TESTING_EXPORT RecordedRequest {
    std::string method{};     ///< `GET`, `POST`, …
    std::string path{};       ///< As sent, still percent-encoded, without the query: `/v1/sites/CDBUGS`.
    std::string query{};      ///< As sent, still percent-encoded, without the question mark.
    NamedValues parameters{}; ///< The query, decoded.
    NamedValues headers{};    ///< All of them, Authorization included.
    std::string body{};       ///< Decoded from its transfer encoding.
    std::chrono::steady_clock::time_point arrived_at{}; ///< By the machine's clock, whatever the emulator's clock says.
    int status = 0; ///< What it was answered, a fault included; 0: nothing, or nothing yet.

    /// The first header of this name, in whatever case it was written.
    [[nodiscard]] std::optional<std::string> header(std::string_view name) const;
    /// The first query parameter of this name.
    [[nodiscard]] std::optional<std::string> parameter(std::string_view name) const;

    /// Member-wise equality.
    friend bool operator==(const RecordedRequest&, const RecordedRequest&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_TESTING_EXPORT std::ostream& operator<<(std::ostream& out, const RecordedRequest& value);
};

/// Picks requests; what is left empty matches everything.
struct FATHOM_TESTING_EXPORT RequestFilter {
    std::string method{};      ///< `GET`, `POST`, …
    std::string path{};        ///< The whole path after the base URL: `/sites`.
    std::string path_prefix{}; ///< The path's beginning after the base URL: `/sites/CDBUGS/`.

    /// Whether the request is one of those meant.
    [[nodiscard]] bool matches(const RecordedRequest& request) const;

    /// Member-wise equality.
    friend bool operator==(const RequestFilter&, const RequestFilter&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_TESTING_EXPORT std::ostream& operator<<(std::ostream& out, const RequestFilter& value);
};

} // namespace fathom::testing
