#include "place.hpp"

#include <array>
#include <charconv>
#include <system_error>

namespace fathom::detail::history {

namespace {

using std::chrono::local_seconds;

constexpr std::string_view version = "history1";

local_seconds local_time(std::int64_t since_epoch) { return local_seconds{std::chrono::seconds{since_epoch}}; }

std::string_view take_word(std::string_view& text) {
    const std::size_t end = text.find(' ');
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return word;
}

template <class Number>
bool read(std::string_view word, Number& number) {
    const auto [end, problem] = std::from_chars(word.data(), word.data() + word.size(), number);
    return problem == std::errc{} && end == word.data() + word.size();
}

} // namespace

std::string to_text(const Place& place) {
    std::string text(version);
    text.append(" ").append(std::to_string(place.fingerprint));
    for (const local_seconds time : {place.begin, place.next}) {
        text.append(" ").append(std::to_string(time.time_since_epoch().count()));
    }
    return text;
}

Result<Place> parse_place(std::string_view text) {
    constexpr std::int64_t end_of_time = 253'402'300'800; // of years with four digits
    Place place;
    std::array<std::int64_t, 2> times{};
    bool is_place = !text.ends_with(' ') && take_word(text) == version && read(take_word(text), place.fingerprint);
    for (std::int64_t& time : times) {
        is_place = is_place && read(take_word(text), time) && time > -end_of_time && time < end_of_time;
    }
    is_place = is_place && times[0] <= times[1]; // a digit that was lost shows there
    if (!is_place || !text.empty()) {
        return invalid_argument("resume_from", "is no place of a history; pass HistoryPiece::place as it was stored");
    }
    place.begin = local_time(times[0]);
    place.next = local_time(times[1]);
    return place;
}

Fingerprint& Fingerprint::add(std::string_view text) noexcept {
    const auto mix = [this](unsigned char byte) {
        hash_ ^= byte;
        hash_ *= 1'099'511'628'211U;
    };
    for (const char c : text) mix(static_cast<unsigned char>(c));
    mix(0); // so that "ab", "c" is not "a", "bc"
    return *this;
}

} // namespace fathom::detail::history
