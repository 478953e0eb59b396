#include "progress_line.hpp"

#include <algorithm>
#include <cmath>
#include <ostream>

namespace fathom::cli {

using namespace std::chrono;

namespace {

constexpr milliseconds between_frames{200};
constexpr seconds between_lines{30}; // of a log

std::string bar(double part, std::size_t length) {
    const auto full = static_cast<std::size_t>(std::floor(std::clamp(part, 0.0, 1.0) * static_cast<double>(length)));
    std::string text;
    for (std::size_t i = 0; i < length; ++i) text += i < full ? "█" : "░";
    return text;
}

std::string count_of_requests(std::int64_t count) {
    return std::to_string(count) + (count == 1 ? " request made" : " requests made");
}

} // namespace

std::string words_for(seconds time) {
    if (time < seconds{60}) return std::to_string(time.count()) + " s";
    const auto whole_minutes = ceil<minutes>(time);
    const auto whole_hours = floor<hours>(whole_minutes);
    const std::string rest = std::to_string((whole_minutes - whole_hours).count()) + " min";
    return whole_hours == hours{0} ? rest : std::to_string(whole_hours.count()) + " h " + rest;
}

std::string progress_text(const HistoryProgress& progress, std::size_t width) {
    // Down, so that 100 % is all.
    const auto per_cent = static_cast<int>(std::floor(std::clamp(progress.part_done, 0.0, 1.0) * 100));
    std::string text = std::to_string(per_cent) + " %, " + count_of_requests(progress.requests_made) + ", " +
                       std::to_string(progress.requests_to_come) + " to come, " + words_for(progress.time_left) +
                       " left";
    text.insert(0, per_cent < 10 ? "  " : per_cent < 100 ? " " : "");
    if (width == 0) return text;
    constexpr std::size_t longest_bar = 40;
    constexpr std::size_t shortest_bar = 5;
    const std::size_t room = width - 1 > text.size() + 1 ? width - 1 - text.size() - 1 : 0;
    if (room < shortest_bar) return text.substr(0, width - 1);
    return bar(progress.part_done, std::min(room, longest_bar)) + " " + text;
}

void ProgressLine::show(const HistoryProgress& progress, Clock::time_point now) {
    const auto pause = width_ > 0 ? duration_cast<Clock::duration>(between_frames) : between_lines;
    if (!shown_at_) shown_at_ = width_ > 0 ? now - pause : now; // a log needs no line of the very beginning
    if (now - *shown_at_ < pause) return;
    shown_at_ = now;
    std::string text = progress_text(progress, width_);
    if (width_ == 0) {
        out_ << text << '\n' << std::flush;
    } else if (text != shown_) {
        out_ << '\r' << text << "\033[K" << std::flush;
    }
    shown_ = std::move(text);
}

void ProgressLine::clear() {
    if (width_ > 0 && !shown_.empty()) out_ << "\r\033[K" << std::flush;
    shown_.clear();
}

} // namespace fathom::cli
