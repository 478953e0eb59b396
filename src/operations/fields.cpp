#include <fathom/fields.hpp>

#include <utility>

namespace fathom::inline v0_2 {

std::string_view to_string(FilterOperator comparison) noexcept {
    switch (comparison) {
    case FilterOperator::is: return "is";
    case FilterOperator::is_not: return "is not";
    case FilterOperator::is_like: return "is like";
    case FilterOperator::is_not_like: return "is not like";
    case FilterOperator::matching: return "matching";
    case FilterOperator::not_matching: return "not matching";
    }
    return "is";
}

Filter Field::like(std::string pattern) const { return {*this, FilterOperator::is_like, std::move(pattern)}; }
Filter Field::not_like(std::string pattern) const { return {*this, FilterOperator::is_not_like, std::move(pattern)}; }
Filter Field::matching(std::string regular_expression) const {
    return {*this, FilterOperator::matching, std::move(regular_expression)};
}
Filter Field::not_matching(std::string regular_expression) const {
    return {*this, FilterOperator::not_matching, std::move(regular_expression)};
}

Filter KnownField::like(std::string pattern) const { return Field(*this).like(std::move(pattern)); }
Filter KnownField::not_like(std::string pattern) const { return Field(*this).not_like(std::move(pattern)); }
Filter KnownField::matching(std::string regular_expression) const {
    return Field(*this).matching(std::move(regular_expression));
}
Filter KnownField::not_matching(std::string regular_expression) const {
    return Field(*this).not_matching(std::move(regular_expression));
}

Filter operator==(const Field& field, std::string_view value) {
    return {field, FilterOperator::is, std::string(value)};
}
Filter operator!=(const Field& field, std::string_view value) {
    return {field, FilterOperator::is_not, std::string(value)};
}

} // namespace fathom::inline v0_2
