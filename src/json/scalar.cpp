#include "scalar.hpp"

#include "../text/ascii.hpp"
#include "../text/number_text.hpp"
#include "../text/plain_text.hpp"
#include "../text/time_text.hpp"

namespace fathom::detail::json {

namespace {

template <class T>
bool assign(std::optional<T> parsed, T& value) {
    if (parsed) value = *parsed;
    return parsed.has_value();
}

} // namespace

std::string shortened(std::string_view text) {
    constexpr std::size_t longest = 40;
    return one_line(text, longest);
}

std::string describe(const Scalar& scalar) {
    switch (scalar.kind) {
    case Scalar::Kind::null: return "null";
    case Scalar::Kind::boolean: return scalar.boolean ? "true" : "false";
    case Scalar::Kind::integer: return std::to_string(scalar.integer);
    case Scalar::Kind::number: return shortened(scalar.text);
    case Scalar::Kind::text: return "\"" + shortened(scalar.text) + "\"";
    }
    return "nothing";
}

bool read(const Scalar& scalar, std::string& value) {
    switch (scalar.kind) {
    case Scalar::Kind::text:
    case Scalar::Kind::number: value = scalar.text; return true;
    case Scalar::Kind::integer: value = std::to_string(scalar.integer); return true;
    default: return false;
    }
}

bool read(const Scalar& scalar, std::int64_t& value) {
    switch (scalar.kind) {
    case Scalar::Kind::integer: value = scalar.integer; return true;
    case Scalar::Kind::number: return to_integer(scalar.number, value);
    case Scalar::Kind::text: return parse_integer(scalar.text, value);
    default: return false;
    }
}

bool read(const Scalar& scalar, double& value) {
    switch (scalar.kind) {
    case Scalar::Kind::integer: value = static_cast<double>(scalar.integer); return true;
    case Scalar::Kind::number: value = scalar.number; return true;
    case Scalar::Kind::text: return parse_double(scalar.text, value);
    default: return false;
    }
}

bool read(const Scalar& scalar, bool& value) {
    const bool is_true =
        (scalar.kind == Scalar::Kind::boolean && scalar.boolean) ||
        (scalar.kind == Scalar::Kind::integer && scalar.integer == 1) ||
        (scalar.kind == Scalar::Kind::text && (equal_ignoring_case(scalar.text, "true") || scalar.text == "1"));
    const bool is_false =
        (scalar.kind == Scalar::Kind::boolean && !scalar.boolean) ||
        (scalar.kind == Scalar::Kind::integer && scalar.integer == 0) ||
        (scalar.kind == Scalar::Kind::text && (equal_ignoring_case(scalar.text, "false") || scalar.text == "0"));
    value = is_true;
    return is_true || is_false;
}

bool read(const Scalar& scalar, std::chrono::sys_seconds& value) {
    return scalar.kind == Scalar::Kind::text && assign(parse_instant(scalar.text), value);
}

bool read(const Scalar& scalar, std::chrono::local_seconds& value) {
    if (scalar.kind == Scalar::Kind::text) return assign(parse_bucket(scalar.text), value);
    std::string year; // a yearly bucket may come as a number
    return read(scalar, year) && assign(parse_bucket(year), value);
}

bool read(const Scalar& scalar, std::chrono::year_month_day& value) {
    return scalar.kind == Scalar::Kind::text && assign(parse_date(scalar.text), value);
}

} // namespace fathom::detail::json
