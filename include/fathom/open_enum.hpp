/// @file
/// Enumerations that keep values which the library does not know yet.
#pragma once

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

namespace fathom {

/// An enumeration of the API's that may grow without notice: a value that this version knows is an integer, any other
/// keeps its text. `Spec` names the known values: an unscoped enumeration `Value` whose first enumerator is
/// `unrecognized`, and an array `names` with the API's spelling of each (the first one empty).
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
    constexpr OpenEnum(Value value) noexcept : value_(value) {} // NOLINT: an enumerator is meant to convert
    /// The value that the API spells so, known or not.
    explicit OpenEnum(std::string_view text) : value_(find(text)) {
        if (value_ == Spec::unrecognized) text_ = text;
    }

    /// The known value, or `unrecognized`: makes the type work in `switch`.
    constexpr operator Value() const noexcept { return value_; } // NOLINT: see above
    /// The API's spelling.
    [[nodiscard]] std::string_view text() const noexcept {
        return value_ == Spec::unrecognized ? std::string_view(text_)
                                            : std::string_view(Spec::names[static_cast<std::size_t>(value_)]);
    }
    /// Whether this version of the library knows the value.
    [[nodiscard]] constexpr bool is_known() const noexcept { return value_ != Spec::unrecognized; }

    /// Equal where the API's spellings are.
    friend bool operator==(const OpenEnum& a, const OpenEnum& b) noexcept {
        return a.value_ == b.value_ && a.text_ == b.text_;
    }
    /// Equal where this holds the value; `unrecognized` equals every text that this version does not know.
    friend bool operator==(const OpenEnum& a, Value b) noexcept { return a.value_ == b; }
    /// Writes the API's spelling.
    friend std::ostream& operator<<(std::ostream& out, const OpenEnum& value) { return out << value.text(); }

private:
    static Value find(std::string_view text) noexcept {
        for (std::size_t i = 1; i < std::size(Spec::names); ++i) {
            if (text == Spec::names[i]) return static_cast<Value>(i);
        }
        return Spec::unrecognized;
    }

    Value value_;
    std::string text_{};
};

} // namespace fathom
