/// @file
/// How values print. Each value type of the library has an `operator<<` that writes it on one line: texts and known names
/// as the API spells them, structs as JSON without the members that are not set. Passwords and keys are never written;
/// bodies are by their size alone. <fathom/format.hpp> gives the same to `std::format`.
#pragma once

#include <concepts>
#include <iosfwd>
#include <string_view>
#include <type_traits>

namespace fathom {

namespace detail {
/// An enumeration with a name for each of its values.
template <class T>
concept NamedEnum = std::is_enum_v<T> && requires(T value) {
    { to_string(value) } -> std::same_as<std::string_view>;
};
} // namespace detail

/// Writes `to_string(value)`: the API's spelling of what the API has, else the name in C++.
template <detail::NamedEnum Enum>
std::ostream& operator<<(std::ostream& out, Enum value) {
    return out << to_string(value);
}

} // namespace fathom
