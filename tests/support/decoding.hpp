/// @file
/// Decoders for tests that do not ask what was passed over.
#pragma once

#include "json/json.hpp"

namespace fathom::detail::json {

template <class T>
[[nodiscard]] Result<T> decode(std::string_view body) {
    DriftLog ignored;
    return decode<T>(body, ignored);
}

template <class Metric>
[[nodiscard]] auto decode_rows(std::string_view body, const ReportQuery<Metric>& query) {
    DriftLog ignored;
    return decode_rows(body, query, ignored);
}

} // namespace fathom::detail::json
