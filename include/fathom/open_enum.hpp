/// @file
/// Enumerations that keep values which the library does not know yet.
#pragma once

#include <compare>
#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>
#include <utility>

#include <fathom/printing.hpp>

namespace fathom::inline v0_2 {

/// An enumeration of the API's that may grow without notice: a value that this version knows is an integer, any other
/// keeps its text. `Spec` names the known values: a scoped enumeration `Value` whose first enumerator is `unrecognized`,
/// its enumerators as members, an array `names` with the API's spelling of each (the first one empty), and a `to_string`.
///
/// It works in `switch`, where `unrecognized` stands for all values that this version does not know. It converts to
/// nothing else: comparing a Sharing with a Currency, or using one as a condition, does not compile.
///
/// @code
/// switch (site.sharing) {
///     case fathom::Sharing::public_: …
///     case fathom::Sharing::unrecognized: log(site.sharing.text());
/// }
/// @endcode
template <class Spec>
class OpenEnum : public Spec {
public:
    using Value = typename Spec::Value; ///< The known values, for `switch`.

    /// A known value.
    constexpr OpenEnum(Value known) noexcept : value_(known) {} // NOLINT: an enumerator is meant to convert
    /// The value that the API spells so, known or not.
    explicit OpenEnum(std::string_view text) : value_(find(text)) {
        if (value_ == Value::unrecognized) text_ = text;
    }

    /// The known value, or `unrecognized`: makes the type work in `switch`.
    constexpr operator Value() const noexcept { return value_; } // NOLINT: see above
    /// The API's spelling. Of a value that this version does not know, it lives as long as this.
    [[nodiscard]] std::string_view text() const noexcept {
        return value_ == Value::unrecognized ? std::string_view(text_)
                                             : std::string_view(Spec::names[static_cast<std::size_t>(value_)]);
    }
    /// Whether this version of the library knows the value.
    [[nodiscard]] constexpr bool is_known() const noexcept { return value_ != Value::unrecognized; }

    /// Equal where the API's spellings are.
    friend bool operator==(const OpenEnum& a, const OpenEnum& b) noexcept {
        return a.value_ == b.value_ && a.text_ == b.text_;
    }
    /// Values that this version does not know come first, by their text; then the known ones in the order of `Value`.
    friend std::strong_ordering operator<=>(const OpenEnum& a, const OpenEnum& b) noexcept {
        const std::strong_ordering by_value = a.value_ <=> b.value_;
        return by_value != 0 ? by_value : a.text_ <=> b.text_;
    }
    /// Equal where this holds the value; `unrecognized` equals every text that this version does not know.
    friend bool operator==(const OpenEnum& a, Value b) noexcept { return a.value_ == b; }
    /// The same order; all texts that this version does not know are equivalent to `unrecognized`.
    friend std::weak_ordering operator<=>(const OpenEnum& a, Value b) noexcept { return a.value_ <=> b; }
    /// The API's spelling.
    [[nodiscard]] friend std::string_view to_string(const OpenEnum& open) noexcept { return open.text(); }
    /// Writes the API's spelling.
    friend std::ostream& operator<<(std::ostream& out, const OpenEnum& open) { return out << open.text(); }

private:
    static Value find(std::string_view text) noexcept {
        for (std::size_t i = 1; i < std::size(Spec::names); ++i) {
            if (text == Spec::names[i]) return static_cast<Value>(i);
        }
        return Value::unrecognized;
    }

    Value value_;
    std::string text_{};
};

} // namespace fathom::inline v0_2

/// Hashes a value by the API's spelling.
template <class Spec>
struct std::hash<fathom::OpenEnum<Spec>> {
    /// The hash of the text.
    std::size_t operator()(const fathom::OpenEnum<Spec>& value) const noexcept {
        return std::hash<std::string_view>{}(value.text());
    }
};
