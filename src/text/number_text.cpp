#include "number_text.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <version>

#if !defined(__cpp_lib_to_chars)
#include <iomanip>
#include <limits>
#include <locale>
#include <sstream>
#endif

namespace fathom::detail {

namespace {

#if defined(__cpp_lib_to_chars)

bool read_double(std::string_view text, double& number) {
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    return failure == std::errc{} && end == text.data() + text.size();
}

std::string write_double(double number) {
    std::array<char, 32> text{};
    const auto [end, failure] = std::to_chars(text.data(), text.data() + text.size(), number);
    return failure == std::errc{} ? std::string(text.data(), end) : std::string("0");
}

#else

bool read_double(std::string_view text, double& number) {
    std::istringstream stream{std::string(text)};
    stream.imbue(std::locale::classic());
    return (stream >> std::noskipws >> number) && stream.peek() == std::istringstream::traits_type::eof();
}

std::string write_double(double number) {
    std::ostringstream stream;
    stream.imbue(std::locale::classic());
    stream << std::setprecision(std::numeric_limits<double>::max_digits10) << number;
    return stream.str();
}

#endif

} // namespace

bool parse_double(std::string_view text, double& number) {
    double parsed = 0;
    if (!read_double(text, parsed) || !std::isfinite(parsed)) return false;
    number = parsed;
    return true;
}

bool parse_integer(std::string_view text, std::int64_t& number) {
    std::int64_t parsed = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), parsed);
    if (failure == std::errc{} && end == text.data() + text.size()) {
        number = parsed;
        return true;
    }
    double fraction = 0;
    return parse_double(text, fraction) && to_integer(fraction, number);
}

bool to_integer(double number, std::int64_t& integer) {
    constexpr double first_inexact = 9'007'199'254'740'992.0; // 2^53, which stands for its neighbour too
    if (std::abs(number) >= first_inexact || std::trunc(number) != number) return false;
    integer = static_cast<std::int64_t>(number);
    return true;
}

std::string number_text(double number) { return write_double(number); }

} // namespace fathom::detail
