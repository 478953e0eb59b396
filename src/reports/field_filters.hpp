/// @file
/// How the service filters by a field.
#pragma once

#include <fathom/fields.hpp>

namespace fathom::detail {

/// Which comparisons a field takes.
enum class FieldFilters {
    none,     ///< It groups but does not filter.
    equality, ///< With whole values only.
    patterns, ///< All of them.
};

[[nodiscard]] inline FieldFilters filters_of(const Field& field) {
    switch (field) {
    case Field::keyword: return FieldFilters::none;
    case Field::device_type:
    case Field::operating_system:
    case Field::browser:
    case Field::country_code:
    case Field::city:
    case Field::state:
    case Field::region: return FieldFilters::equality;
    default: return FieldFilters::patterns;
    }
}

} // namespace fathom::detail
