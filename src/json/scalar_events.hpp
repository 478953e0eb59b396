/// @file
/// The events of nlohmann's parser that bring neither an object nor an array, as one.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "scalar.hpp"
#include "token_text.hpp"

namespace fathom::detail::json {

/// The base of a handler of events that has a `bool scalar(const Scalar&)`; false stops the parser.
template <class Handler>
class ScalarEvents {
public:
    bool null() { return take({}); }
    bool boolean(bool value) { return take({.kind = Scalar::Kind::boolean, .boolean = value}); }
    bool number_integer(std::int64_t value) { return take({.kind = Scalar::Kind::integer, .integer = value}); }
    bool number_unsigned(std::uint64_t value) {
        if (std::in_range<std::int64_t>(value)) return number_integer(static_cast<std::int64_t>(value));
        const std::string digits = std::to_string(value);
        return take({.kind = Scalar::Kind::number, .number = static_cast<double>(value), .text = digits});
    }
    bool number_float(double value, const TokenText& digits) {
        return take({.kind = Scalar::Kind::number, .number = value, .text = digits.view()});
    }
    bool string(const TokenText& value) { return take({.kind = Scalar::Kind::text, .text = value.view()}); }
    bool binary(const Parser::binary_t&) { return false; } // JSON has none

private:
    friend Handler;
    ScalarEvents() = default; // for that handler alone, so that none names another's

    bool take(const Scalar& scalar) { return static_cast<Handler*>(this)->scalar(scalar); }
};

} // namespace fathom::detail::json
