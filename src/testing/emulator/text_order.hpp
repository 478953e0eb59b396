/// @file
/// How texts compare, by the rules of an emulated service.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <fathom/testing/report_rules.hpp>

namespace fathom::testing::detail {

/// The text with its ASCII letters in lower case.
[[nodiscard]] std::string lower_case(std::string_view text);

/// Less than, equal to or greater than 0, as the left text comes before, with or after the right one.
[[nodiscard]] int compare(std::string_view left, std::string_view right, TextOrder order);

/// A number that looks random, the same for the same text and salt.
[[nodiscard]] std::int64_t shuffled_place(std::string_view text, std::int64_t salt);

} // namespace fathom::testing::detail
