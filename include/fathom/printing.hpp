/// @file
/// How values print. Each value type of the library has an `operator<<` that writes it on one line, of a report one for each
/// row: texts and known names as the API spells them, structs as JSON without the members that are not set. Passwords and
/// keys are never written; bodies are by their size alone. <fathom/format.hpp> gives the same to `std::format`.
#pragma once

#include <concepts>
#include <cstddef>
#include <iosfwd>
#include <string_view>
#include <type_traits>

#include <fathom/export.hpp>

namespace fathom::inline v0_2 {

/// An enumeration with a name for each of its values.
template <class T>
concept NamedEnum = std::is_enum_v<T> && requires(T value) {
    { to_string(value) } -> std::same_as<std::string_view>;
};

/// What a stream takes.
template <class T>
concept Printable = requires(std::ostream& out, const T& value) { out << value; };

/// A container of such.
template <class T>
concept PrintableList = requires(const T& list) {
    { list.front() } -> Printable;
    list.size();
};

} // namespace fathom::inline v0_2

namespace fathom::detail {

/// Writes a text as it is; what the headers write without the header of streams.
FATHOM_EXPORT void write(std::ostream& out, std::string_view text);

template <PrintableList T>
void print_list(std::ostream& out, const T& list) {
    write(out, "[");
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (i > 0) write(out, ",");
        out << list[i];
    }
    write(out, "]");
}

} // namespace fathom::detail

namespace fathom::inline v0_2 {

/// Writes `to_string(value)`: the API's spelling of what the API has, else the name in C++.
template <NamedEnum Enum>
std::ostream& operator<<(std::ostream& out, Enum value) {
    return out << to_string(value);
}

} // namespace fathom::inline v0_2
