/// @file
/// Ranges of time that a report covers: whole days, or a half-open range of instants.
#pragma once

#include <chrono>
#include <iosfwd>
#include <optional>

#include <fathom/export.hpp>

namespace fathom::inline v0_2 {

/// The range of a report, for ReportQuery::range. Days are days of the reporting time zone and are counted whole; instants
/// are half-open, so that ranges side by side count no visit twice and miss none. The service itself takes both ends of a
/// range as part of it, to the second; what is sent allows for that.
///
/// @code
/// using namespace std::chrono_literals;
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
    };
    /// Instants, of which the last is not part of the range.
    struct Instants {
        std::chrono::sys_seconds from;  ///< The first second.
        std::chrono::sys_seconds until; ///< The first second behind the range.

        /// Member-wise equality.
        friend bool operator==(const Instants&, const Instants&) = default;
    };

    /// A range of days. An invalid date, or a last day before the first, is refused when the report is requested.
    ReportRange(Days days) noexcept : days_(days) {} // NOLINT: meant to convert
    /// A range of instants. An empty range is refused when the report is requested.
    ReportRange(Instants instants) noexcept : instants_(instants) {} // NOLINT: meant to convert

    /// The days, where it is a range of days.
    [[nodiscard]] std::optional<Days> days() const noexcept { return days_; }
    /// The instants, where it is a range of instants.
    [[nodiscard]] std::optional<Instants> instants() const noexcept { return instants_; }

    /// Member-wise equality.
    friend bool operator==(const ReportRange&, const ReportRange&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const ReportRange& range);

private:
    std::optional<Days> days_{};
    std::optional<Instants> instants_{};
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

} // namespace fathom::inline v0_2
