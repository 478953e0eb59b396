// Any text is a time or none, and a time that is written reads as itself.
#include "require.hpp"
#include "text/number_text.hpp"
#include "text/time_text.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace fathom;
    const std::string_view text = fuzz::text_of(data, size);
    static_cast<void>(detail::parse_instant(text));
    if (const auto date = detail::parse_date(text)) {
        fuzz::require(date->ok(), "a date exists");
        fuzz::require(detail::parse_date(detail::date_text(*date)) == date, "a date reads as it was written");
    }
    if (const auto bucket = detail::parse_bucket(text)) {
        fuzz::require(detail::parse_bucket(detail::wall_clock_text(*bucket)) == bucket,
                      "a time reads as it was written");
    }
    std::int64_t integer = 0;
    if (detail::parse_integer(text, integer)) {
        std::int64_t again = 0;
        fuzz::require(detail::parse_integer(std::to_string(integer), again) && again == integer,
                      "a number reads as it was written");
    }
    double number = 0;
    static_cast<void>(detail::parse_double(text, number));
    return 0;
}
