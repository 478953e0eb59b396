/// @file
/// A JSON value that is neither object nor array, and how it becomes a C++ value.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <fathom/ids.hpp>
#include <fathom/open_enum.hpp>

namespace fathom::detail::json {

/// A string, number, boolean or null.
struct Scalar {
    enum class Kind : std::uint8_t { null, boolean, integer, number, text };

    Kind kind = Kind::null;
    bool boolean = false;
    std::int64_t integer = 0;
    double number = 0;       ///< Of one that is not an integer, or too large for one.
    std::string_view text{}; ///< Of a text its content, of such a number its digits.
};

/// What stands there, for an error message; long texts are shortened.
[[nodiscard]] std::string describe(const Scalar& scalar);
/// The beginning of a text, as one line.
[[nodiscard]] std::string shortened(std::string_view text);

// Each reads leniently: numbers in text, text in numbers, dates in all known forms.
// They give false where the value cannot be what is asked.

[[nodiscard]] bool read(const Scalar& scalar, std::string& value);
[[nodiscard]] bool read(const Scalar& scalar, std::int64_t& value);
[[nodiscard]] bool read(const Scalar& scalar, double& value);
[[nodiscard]] bool read(const Scalar& scalar, bool& value);
[[nodiscard]] bool read(const Scalar& scalar, std::chrono::sys_seconds& value);
[[nodiscard]] bool read(const Scalar& scalar, std::chrono::local_seconds& value);
[[nodiscard]] bool read(const Scalar& scalar, std::chrono::year_month_day& value);

[[nodiscard]] inline bool read(const Scalar& scalar, std::chrono::duration<double>& value) {
    double seconds = 0;
    if (!read(scalar, seconds)) return false;
    value = std::chrono::duration<double>(seconds);
    return true;
}

template <class Tag>
[[nodiscard]] bool read(const Scalar& scalar, Id<Tag>& value) {
    std::string text;
    if (!read(scalar, text) || text.empty()) return false;
    value = Id<Tag>(std::move(text));
    return true;
}

template <class Spec>
[[nodiscard]] bool read(const Scalar& scalar, OpenEnum<Spec>& value) {
    std::string text;
    if (!read(scalar, text) || text.empty()) return false;
    value = OpenEnum<Spec>(std::string_view(text));
    return true;
}

template <class T>
[[nodiscard]] bool read(const Scalar& scalar, std::optional<T>& value) {
    value.reset();
    if (scalar.kind == Scalar::Kind::null) return true;
    bool is_read = false;
    if constexpr (std::is_default_constructible_v<T>) {
        is_read = read(scalar, value.emplace());
    } else {
        is_read = read(scalar, value.emplace(std::string_view()));
    }
    if (!is_read) value.reset();
    return is_read;
}

} // namespace fathom::detail::json
