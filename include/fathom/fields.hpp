/// @file
/// The dimensions of a report, and conditions on them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iosfwd>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fathom/export.hpp>
#include <fathom/open_enum.hpp>

namespace fathom::inline v0_2 {

struct Filter;

/// A dimension that this version knows; write `Field::pathname` for one.
struct FATHOM_EXPORT KnownField {
    /// The dimensions that this version knows; FieldValues says what each is.
    enum class Value : std::uint8_t {
        unrecognized, ///< A dimension that this version does not know; see OpenEnum::text().
        hostname,
        pathname,
        referrer_hostname,
        referrer_pathname,
        referrer_source,
        entry_page,
        exit_page,
        browser,
        operating_system,
        device_type,
        country_code,
        state,
        region,
        city,
        utm_source,
        utm_medium,
        utm_campaign,
        utm_content,
        utm_term,
        keyword,
        ref,
        domain,
    };

    Value value; ///< Which one.

    /// Makes `case Field::pathname:` work.
    constexpr operator Value() const noexcept { return value; } // NOLINT: meant to convert

    /// See Field::like().
    [[nodiscard]] Filter like(std::string pattern) const;
    /// See Field::not_like().
    [[nodiscard]] Filter not_like(std::string pattern) const;
    /// See Field::matching().
    [[nodiscard]] Filter matching(std::string regular_expression) const;
    /// See Field::not_matching().
    [[nodiscard]] Filter not_matching(std::string regular_expression) const;

    /// Writes the API's spelling.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, KnownField field);
};

/// The known dimensions.
struct FieldValues {
    using Value = KnownField::Value; ///< For `switch`.

    static constexpr KnownField hostname{Value::hostname};                   ///< Host of the page.
    static constexpr KnownField pathname{Value::pathname};                   ///< Path of the page.
    static constexpr KnownField referrer_hostname{Value::referrer_hostname}; ///< Host that the visit came from.
    static constexpr KnownField referrer_pathname{Value::referrer_pathname}; ///< Path it came from (live service).
    static constexpr KnownField referrer_source{Value::referrer_source};     ///< Its source's name (live service).
    static constexpr KnownField entry_page{Value::entry_page};             ///< First page of the visit (live service).
    static constexpr KnownField exit_page{Value::exit_page};               ///< Last page of the visit (live service).
    static constexpr KnownField browser{Value::browser};                   ///< Browser; filters with == and != only.
    static constexpr KnownField operating_system{Value::operating_system}; ///< Filters with == and != only.
    static constexpr KnownField device_type{Value::device_type};           ///< Filters with == and != only.
    static constexpr KnownField country_code{Value::country_code}; ///< ISO 3166 code; filters with == and != only.
    static constexpr KnownField state{Value::state};               ///< Live service; filters with == and != only.
    static constexpr KnownField region{Value::region};             ///< Live service; filters with == and != only.
    static constexpr KnownField city{Value::city};                 ///< Filters with == and != only.
    static constexpr KnownField utm_source{Value::utm_source};     ///< Campaign tag.
    static constexpr KnownField utm_medium{Value::utm_medium};     ///< Campaign tag.
    static constexpr KnownField utm_campaign{Value::utm_campaign}; ///< Campaign tag.
    static constexpr KnownField utm_content{Value::utm_content};   ///< Campaign tag.
    static constexpr KnownField utm_term{Value::utm_term};         ///< Campaign tag.
    static constexpr KnownField keyword{Value::keyword};           ///< Search word; groups but does not filter.
    static constexpr KnownField ref{Value::ref};                   ///< The `ref` parameter (live service).
    static constexpr KnownField domain{Value::domain};         ///< Domain; filters but does not group (live service).
    static constexpr Value unrecognized = Value::unrecognized; ///< A dimension that this version does not know.

    /// The API's spelling of each.
    static constexpr std::array<std::string_view, 23> names{"",
                                                            "hostname",
                                                            "pathname",
                                                            "referrer_hostname",
                                                            "referrer_pathname",
                                                            "referrer_source",
                                                            "entry_page",
                                                            "exit_page",
                                                            "browser",
                                                            "operating_system",
                                                            "device_type",
                                                            "country_code",
                                                            "state",
                                                            "region",
                                                            "city",
                                                            "utm_source",
                                                            "utm_medium",
                                                            "utm_campaign",
                                                            "utm_content",
                                                            "utm_term",
                                                            "keyword",
                                                            "ref",
                                                            "domain"};
};

/// The API's spelling.
[[nodiscard]] constexpr std::string_view to_string(KnownField::Value field) noexcept {
    return FieldValues::names[static_cast<std::size_t>(field)];
}

/// A dimension of a report, to group and to filter by. One that the library does not know can be named by its text:
/// `Field("new_dimension")`.
class FATHOM_EXPORT Field : public OpenEnum<FieldValues> {
public:
    using OpenEnum::OpenEnum;
    /// A known dimension.
    constexpr Field(KnownField known) noexcept : OpenEnum(known.value) {} // NOLINT: meant to convert

    /// Keeps what is like the pattern, in which `*` stands for any text.
    [[nodiscard]] Filter like(std::string pattern) const;
    /// Drops what is like the pattern, in which `*` stands for any text (live service).
    [[nodiscard]] Filter not_like(std::string pattern) const;
    /// Keeps what matches the regular expression.
    [[nodiscard]] Filter matching(std::string regular_expression) const;
    /// Drops what matches the regular expression.
    [[nodiscard]] Filter not_matching(std::string regular_expression) const;
};

/// How a filter compares.
enum class FilterOperator : std::uint8_t {
    is,           ///< `is`
    is_not,       ///< `is not`
    is_like,      ///< `is like`, with `*` as wildcard
    is_not_like,  ///< `is not like` (live service)
    matching,     ///< `matching`, a regular expression
    not_matching, ///< `not matching`
};

/// The operator as the API spells it, for example `"is not"`.
[[nodiscard]] FATHOM_EXPORT std::string_view to_string(FilterOperator comparison) noexcept;

/// A condition on the visits that a report counts. Written as an expression: `Field::pathname == "/pricing"`,
/// `Field::country_code != "US"`, `Field::pathname.like("/blog/*")`. All filters of a report must hold.
struct Filter {
    Field field;               ///< Dimension that is compared.
    FilterOperator comparison; ///< How.
    std::string value;         ///< With what.

    /// Member-wise equality.
    friend bool operator==(const Filter&, const Filter&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const Filter& filter);
};

/// Keeps only visits with that value.
[[nodiscard]] FATHOM_EXPORT Filter operator==(const Field& field, std::string_view value);
/// Drops visits with that value.
[[nodiscard]] FATHOM_EXPORT Filter operator!=(const Field& field, std::string_view value);

/// The dimensions that a report is grouped by: `.field_grouping = Field::pathname` or
/// `.field_grouping = {Field::pathname, Field::browser}`.
class FieldGrouping {
public:
    /// No grouping.
    FieldGrouping() = default;
    /// By one dimension.
    FieldGrouping(KnownField field) : fields_{field} {} // NOLINT: meant to convert
    /// By one dimension.
    FieldGrouping(Field field) : fields_{std::move(field)} {} // NOLINT: meant to convert
    /// By several dimensions (live service).
    FieldGrouping(std::initializer_list<Field> fields) : fields_(fields) {}
    /// By several dimensions (live service).
    explicit FieldGrouping(std::vector<Field> fields) : fields_(std::move(fields)) {}

    /// The dimensions, in the order in which they were given.
    [[nodiscard]] const std::vector<Field>& fields() const& noexcept { return fields_; }
    /// The dimensions, moved out.
    [[nodiscard]] std::vector<Field> fields() && noexcept { return std::move(fields_); }
    /// Whether there are none.
    [[nodiscard]] bool empty() const noexcept { return fields_.empty(); }

    /// Equal where they name the same dimensions in the same order.
    friend bool operator==(const FieldGrouping&, const FieldGrouping&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const FieldGrouping& grouping);

private:
    std::vector<Field> fields_{};
};

} // namespace fathom::inline v0_2

/// Hashes a dimension by the API's spelling.
template <>
struct std::hash<fathom::Field> : std::hash<fathom::OpenEnum<fathom::FieldValues>> {};
