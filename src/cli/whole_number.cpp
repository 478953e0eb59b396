#include "whole_number.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>
#include <system_error>

namespace fathom::cli {

namespace {

bool is_decimal(std::string_view text) noexcept {
    const bool is_of_digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    return is_of_digits && !text.empty() && (text.front() != '0' || text == "0");
}

/// Of digits alone.
bool is_between(std::string_view text, int least, int most) noexcept {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && value >= least && value <= most;
}

/// Nothing where there is none.
std::string fault_of_number(const std::string& text, int least, int most) {
    if (!is_decimal(text)) {
        return (text.empty() ? "an empty text" : text) + " is no whole number such as " + std::to_string(most) +
               ", in decimal digits and without a 0 before them";
    }
    if (is_between(text, least, most)) return {};
    return text + " is not from " + std::to_string(least) + " to " + std::to_string(most);
}

} // namespace

CLI::Validator whole_number(int least, int most) {
    return {[least, most](std::string& text) { return fault_of_number(text, least, most); },
            "INT in [" + std::to_string(least) + " - " + std::to_string(most) + "]"};
}

} // namespace fathom::cli
