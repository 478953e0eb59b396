#include "yearly_rule.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace fathom::detail {

using namespace std::chrono;

/// Takes the parts of a rule from its front.
class YearlyRule::Reader {
public:
    explicit Reader(std::string_view text) : rest_(text) {}

    [[nodiscard]] bool is_at_end() const { return rest_.empty(); }
    bool takes(char c) {
        if (!rest_.starts_with(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }
    /// `CET`, `<+0530>`.
    bool takes_name() {
        const bool is_quoted = takes('<');
        const std::size_t length = is_quoted ? rest_.find('>') : rest_.find_first_of("+-0123456789,");
        if (length == 0 || (is_quoted && length == std::string_view::npos)) return false;
        rest_.remove_prefix(std::min(length, rest_.size()));
        return !is_quoted || takes('>');
    }
    std::optional<unsigned> number(unsigned most) {
        unsigned value = 0;
        const auto [end, problem] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
        if (problem != std::errc{} || value > most) return std::nullopt;
        rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
        return value;
    }
    /// Hours, minutes and seconds: `-2`, `5:30`, `167:00:00`.
    std::optional<seconds> time() {
        const int sign = takes('-') ? -1 : 1;
        if (sign > 0) takes('+');
        const auto whole = number(167);
        if (!whole) return std::nullopt;
        seconds sum = hours{*whole};
        for (const seconds unit : {seconds{60}, seconds{1}}) {
            if (!takes(':')) break;
            const auto part = number(59);
            if (!part) return std::nullopt;
            sum += *part * unit;
        }
        return sign * sum;
    }
    /// What is added to UTC, which POSIX writes the other way around.
    std::optional<seconds> offset() {
        const auto west = time();
        return west ? std::optional(-*west) : std::nullopt;
    }
    /// `M10.5.0/3`.
    std::optional<Change> change() {
        if (!takes(',') || !takes('M')) return std::nullopt;
        const auto month_number = number(12);
        if (!month_number || *month_number == 0 || !takes('.')) return std::nullopt;
        const auto week = number(5);
        if (!week || *week == 0 || !takes('.')) return std::nullopt;
        const auto day = number(6);
        if (!day) return std::nullopt;
        const auto at = takes('/') ? time() : std::optional<seconds>(hours{2});
        if (!at) return std::nullopt;
        return Change{month{*month_number}, *week, weekday{*day}, *at};
    }

private:
    std::string_view rest_;
};

std::optional<YearlyRule> YearlyRule::parse(std::string_view text) {
    Reader reader(text);
    YearlyRule rule;
    const auto offset = reader.takes_name() ? reader.offset() : std::nullopt;
    if (!offset) return std::nullopt;
    rule.offset_ = *offset;
    if (reader.is_at_end()) return rule;
    if (!reader.takes_name()) return std::nullopt;
    Reader ahead = reader;
    const auto summer_offset = ahead.takes(',') ? std::optional<seconds>(*offset + hours{1}) : reader.offset();
    const auto begin = summer_offset ? reader.change() : std::nullopt;
    const auto end = begin ? reader.change() : std::nullopt;
    if (!end || !reader.is_at_end()) return std::nullopt;
    rule.summer_ = Summer{*summer_offset, *begin, *end};
    return rule;
}

local_seconds YearlyRule::Change::in(year year) const {
    const auto first = year / month;
    const local_days day = week == 5 ? local_days{first / weekday[last]} : local_days{first / weekday[week]};
    return day + time;
}

ZonePeriod YearlyRule::period_at(sys_seconds instant) const {
    ZonePeriod period{sys_seconds::min(), sys_seconds::max(), offset_};
    if (!summer_) return period;
    const auto consider = [&](local_seconds change, seconds before, seconds after) {
        const sys_seconds at{(change - before).time_since_epoch()};
        if (at > instant) period.end = std::min(period.end, at);
        if (at <= instant && at > period.begin) {
            period.begin = at;
            period.offset = after;
        }
    };
    const year this_year = year_month_day{floor<days>(instant)}.year();
    for (year year = this_year - years{1}; year <= this_year + years{1}; ++year) {
        consider(summer_->begin.in(year), offset_, summer_->offset);
        consider(summer_->end.in(year), summer_->offset, offset_);
    }
    return period;
}

} // namespace fathom::detail
