/// @file
/// What is checked before a request leaves.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fathom/error.hpp>
#include <fathom/ids.hpp>

namespace fathom::detail {

/// Whether text is valid UTF-8 (no overlong forms, no surrogates).
[[nodiscard]] bool is_valid_utf8(std::string_view text) noexcept;
/// Whether text holds a control character of ASCII.
[[nodiscard]] bool has_control_characters(std::string_view text) noexcept;
/// Number of code points in valid UTF-8.
[[nodiscard]] std::size_t length_of(std::string_view text) noexcept;

/// Collects what is wrong with the arguments of one operation.
class Checks {
public:
    /// @param operation the operation's name; static text
    explicit Checks(std::string_view operation) : operation_(operation) {}

    /// Notes that a field is wrong.
    void refuse(std::string_view field, std::string_view why);
    /// Notes it unless the condition holds.
    void require(bool condition, std::string_view field, std::string_view why) {
        if (!condition) refuse(field, why);
    }

    /// An id must be fit for a URL: nothing that is empty or would be read as a relative path.
    template <class Tag>
    void id(std::string_view field, const Id<Tag>& value) {
        opaque_id(field, value.str());
    }
    void opaque_id(std::string_view field, std::string_view value);
    /// A text that people read: not blank, no control characters, valid UTF-8, at most so many characters.
    void name(std::string_view field, std::string_view value, std::size_t most_characters);
    /// A text that is compared or matched: valid UTF-8 without control characters; may be empty.
    void text(std::string_view field, std::string_view value);
    /// One that the service may have counted: visitors send it paths with any character.
    void counted_text(std::string_view field, std::string_view value);
    /// The same where it must say something, such as the name of an event.
    void counted_name(std::string_view field, std::string_view value);
    /// The name of a time zone, such as `America/New_York`.
    void timezone(std::string_view field, std::string_view value);
    /// A date that exists and that is not in the future in any time zone.
    void past_date(std::string_view field, std::chrono::year_month_day value,
                   std::chrono::system_clock::time_point now);

    /// All that is wrong; nothing where all is well.
    [[nodiscard]] std::optional<Error> error() const;

private:
    std::string_view operation_;
    std::vector<FieldError> wrong_{};
};

} // namespace fathom::detail
