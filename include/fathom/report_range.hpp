/// @file
/// Ranges of time that a report covers: whole days, days counted from today, or a half-open range of instants.
#pragma once

#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string_view>

#include <fathom/export.hpp>
#include <fathom/time_zone.hpp>

namespace fathom::inline v0_2 {

/// The range of a report, for ReportQuery::range. Days are days of the reporting time zone and are counted whole; instants
/// are half-open, so that ranges side by side count no visit twice and miss none. The service itself takes both ends of a
/// range as part of it, to the second; what is sent allows for that.
///
/// @code
/// using namespace std::chrono_literals;
/// query.range = fathom::last_days(30); // up to and including today
/// query.range = fathom::between(2026y / std::chrono::June / 1, 2026y / std::chrono::June / 7); // seven days
/// query.range = fathom::half_open(start, start + 24h); // instants
/// @endcode
class FATHOM_EXPORT ReportRange {
public:
    /// Whole days, both of them included.
    struct Days {
        std::chrono::year_month_day first; ///< The first day.
        std::chrono::year_month_day last;  ///< The last day, which is part of the range.

        /// Member-wise equality.
        friend bool operator==(const Days&, const Days&) = default;
        /// Writes it as JSON, see printing.hpp.
        friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const Days& value);
    };
    /// Instants, of which the last is not part of the range.
    struct Instants {
        std::chrono::sys_seconds from;  ///< The first second.
        std::chrono::sys_seconds until; ///< The first second behind the range.

        /// Member-wise equality.
        friend bool operator==(const Instants&, const Instants&) = default;
        /// Writes it as JSON, see printing.hpp.
        friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const Instants& value);
    };

    /// Whole units of the calendar, counted back from the one that today lies in: 0 is this one, 1 the one before. Today is
    /// the day in the reporting zone when the report is requested; days after it are left out.
    struct Relative {
        /// What is counted.
        enum class Unit : std::uint8_t { day, week, month, year };
        /// The unit as it is spelled in C++.
        [[nodiscard]] friend constexpr std::string_view to_string(Unit value) noexcept {
            switch (value) {
            case Unit::day: return "day";
            case Unit::week: return "week";
            case Unit::month: return "month";
            case Unit::year: return "year";
            }
            return "day";
        }

        Unit unit; ///< What is counted.
        int first; ///< How far back the range begins.
        int last;  ///< How far back it ends; this unit is part of the range.
        std::chrono::weekday first_weekday = std::chrono::Monday; ///< Where weeks begin.

        /// Member-wise equality.
        friend bool operator==(const Relative&, const Relative&) = default;
        /// Writes it as JSON, see printing.hpp.
        friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const Relative& value);
    };

    /// A range of days. An invalid date, or a last day before the first, is refused when the report is requested.
    ReportRange(Days days) noexcept : days_(days) {} // NOLINT: meant to convert
    /// A range of instants. An empty range is refused when the report is requested.
    ReportRange(Instants instants) noexcept : instants_(instants) {} // NOLINT: meant to convert

    /// A range of days that is counted from today. One that ends before it begins, or lies in the future, is refused when
    /// the report is requested.
    ReportRange(Relative relative) noexcept : relative_(relative) {} // NOLINT: meant to convert

    /// The days, where it is a range of days.
    [[nodiscard]] std::optional<Days> days() const noexcept { return days_; }
    /// The instants, where it is a range of instants.
    [[nodiscard]] std::optional<Instants> instants() const noexcept { return instants_; }

    /// What is counted from today, where it is such a range.
    [[nodiscard]] std::optional<Relative> relative() const noexcept { return relative_; }
    /// The days of a range that is counted from today, if this is today; any other range, and one that counts back to no day
    /// that there is, as it is.
    [[nodiscard]] ReportRange on(std::chrono::year_month_day today) const;
    /// The range of the same length right before this one, to compare with: of `last_full_days(30)` the 30 days before, of
    /// this_month() the whole month before.
    [[nodiscard]] ReportRange preceding() const;

    /// Member-wise equality.
    friend bool operator==(const ReportRange&, const ReportRange&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const ReportRange& range);

private:
    std::optional<Days> days_{};
    std::optional<Instants> instants_{};
    std::optional<Relative> relative_{};
};

/// The days from `first` to `last`, both included, in the reporting time zone.
[[nodiscard]] inline ReportRange between(std::chrono::year_month_day first, std::chrono::year_month_day last) noexcept {
    return ReportRange::Days{first, last};
}
/// The days from `first` to `last`, both included, in the reporting time zone.
[[nodiscard]] inline ReportRange between(std::chrono::local_days first, std::chrono::local_days last) noexcept {
    return ReportRange::Days{std::chrono::year_month_day{first}, std::chrono::year_month_day{last}};
}
/// The instants from `from` on and before `until`. A fraction of a second is dropped.
template <class From, class Until>
[[nodiscard]] ReportRange half_open(std::chrono::sys_time<From> from, std::chrono::sys_time<Until> until) noexcept {
    using std::chrono::seconds;
    return ReportRange::Instants{std::chrono::floor<seconds>(from), std::chrono::floor<seconds>(until)};
}

/// The instants at which the clocks of a zone show a time from `from` on and before `until`. An hour that they show twice is
/// covered both times, so that windows side by side miss nothing on the days when clocks change.
[[nodiscard]] inline ReportRange half_open(std::chrono::local_seconds from, std::chrono::local_seconds until,
                                           const TimeZone& zone) {
    return ReportRange::Instants{zone.first_at(from), zone.first_at(until)};
}

/// Today, as far as it has come.
[[nodiscard]] inline ReportRange today() noexcept {
    return ReportRange::Relative{ReportRange::Relative::Unit::day, 0, 0};
}
/// The day before today.
[[nodiscard]] inline ReportRange yesterday() noexcept {
    return ReportRange::Relative{ReportRange::Relative::Unit::day, 1, 1};
}
/// So many days, of which today is the last.
/// @param count at least 1
[[nodiscard]] inline ReportRange last_days(int count) noexcept {
    return ReportRange::Relative{ReportRange::Relative::Unit::day, count > 0 ? count - 1 : -1, 0};
}
/// So many days, of which yesterday is the last: days that are over, whose numbers stay.
/// @param count at least 1
[[nodiscard]] inline ReportRange last_full_days(int count) noexcept {
    return ReportRange::Relative{ReportRange::Relative::Unit::day, count, 1};
}
/// This week until today.
[[nodiscard]] inline ReportRange this_week(std::chrono::weekday first = std::chrono::Monday) noexcept {
    return ReportRange::Relative{ReportRange::Relative::Unit::week, 0, 0, first};
}
/// The seven days of the week before this one.
[[nodiscard]] inline ReportRange last_week(std::chrono::weekday first = std::chrono::Monday) noexcept {
    return ReportRange::Relative{ReportRange::Relative::Unit::week, 1, 1, first};
}
/// This month until today.
[[nodiscard]] inline ReportRange this_month() noexcept {
    return ReportRange::Relative{ReportRange::Relative::Unit::month, 0, 0};
}
/// The whole month before this one.
[[nodiscard]] inline ReportRange last_month() noexcept {
    return ReportRange::Relative{ReportRange::Relative::Unit::month, 1, 1};
}
/// So many months, of which this one, until today, is the last.
/// @param count at least 1
[[nodiscard]] inline ReportRange last_months(int count) noexcept {
    return ReportRange::Relative{ReportRange::Relative::Unit::month, count > 0 ? count - 1 : -1, 0};
}
/// This year until today.
[[nodiscard]] inline ReportRange this_year() noexcept {
    return ReportRange::Relative{ReportRange::Relative::Unit::year, 0, 0};
}
/// The whole year before this one.
[[nodiscard]] inline ReportRange last_year() noexcept {
    return ReportRange::Relative{ReportRange::Relative::Unit::year, 1, 1};
}

} // namespace fathom::inline v0_2
