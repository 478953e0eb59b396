/// @file
/// `std::format` for the library's values, where the standard library has it: what `operator<<` writes, with the options
/// of a text (`std::format("{:>40}", site.name)`).
#pragma once

#include <version>

#include <fathom/detail/language.hpp>

#if defined(__cpp_lib_format)

#include <format>
#include <sstream>
#include <string>

#include <fathom/account.hpp>
#include <fathom/cache.hpp>
#include <fathom/call_options.hpp>
#include <fathom/client.hpp>
#include <fathom/current_visitors.hpp>
#include <fathom/error.hpp>
#include <fathom/events.hpp>
#include <fathom/fields.hpp>
#include <fathom/history.hpp>
#include <fathom/http.hpp>
#include <fathom/ids.hpp>
#include <fathom/log.hpp>
#include <fathom/milestones.hpp>
#include <fathom/observer.hpp>
#include <fathom/open_enum.hpp>
#include <fathom/pagination.hpp>
#include <fathom/printing.hpp>
#include <fathom/rate_limit.hpp>
#include <fathom/records.hpp>
#include <fathom/report.hpp>
#include <fathom/report_query.hpp>
#include <fathom/report_range.hpp>
#include <fathom/result.hpp>
#include <fathom/retry.hpp>
#include <fathom/sharing.hpp>
#include <fathom/sites.hpp>
#include <fathom/time_zone.hpp>
#include <fathom/transport.hpp>

namespace fathom::inline v0_2 {

/// Formats what `operator<<` writes.
template <class T>
struct Formatter : std::formatter<std::string, char> {
    /// Called by `std::format`.
    template <class Context>
    auto format(const T& value, Context& context) const {
        std::ostringstream out;
        out << value;
        return std::formatter<std::string, char>::format(out.str(), context);
    }
};

} // namespace fathom::inline v0_2

// Some of these are ranges, or have a member that is; each is formatted as one text.
#if defined(__cpp_lib_format_ranges)
template <class Metric>
inline constexpr std::range_format std::format_kind<fathom::Report<Metric>> = std::range_format::disabled;
#endif

// clang-format off: a table
template <class Spec> struct std::formatter<fathom::OpenEnum<Spec>> : fathom::Formatter<fathom::OpenEnum<Spec>> {};
template <class Tag> struct std::formatter<fathom::Id<Tag>> : fathom::Formatter<fathom::Id<Tag>> {};
template <class Metric> struct std::formatter<fathom::SortBy<Metric>> : fathom::Formatter<fathom::SortBy<Metric>> {};
template <class Metric> struct std::formatter<fathom::ReportQuery<Metric>> : fathom::Formatter<fathom::ReportQuery<Metric>> {};
template <class Metric> struct std::formatter<fathom::Report<Metric>> : fathom::Formatter<fathom::Report<Metric>> {};
template <class Metric> struct std::formatter<fathom::HistoryQuery<Metric>> : fathom::Formatter<fathom::HistoryQuery<Metric>> {};
template <class Metric> struct std::formatter<fathom::HistoryPiece<Metric>> : fathom::Formatter<fathom::HistoryPiece<Metric>> {};
template <class T> struct std::formatter<fathom::Page<T>> : fathom::Formatter<fathom::Page<T>> {};
template <class T> struct std::formatter<fathom::Result<T>> : fathom::Formatter<fathom::Result<T>> {};
template <> struct std::formatter<fathom::Account> : fathom::Formatter<fathom::Account> {};
template <> struct std::formatter<fathom::Token> : fathom::Formatter<fathom::Token> {};
template <> struct std::formatter<fathom::Site> : fathom::Formatter<fathom::Site> {};
template <> struct std::formatter<fathom::SiteCreate> : fathom::Formatter<fathom::SiteCreate> {};
template <> struct std::formatter<fathom::SiteUpdate> : fathom::Formatter<fathom::SiteUpdate> {};
template <> struct std::formatter<fathom::Event> : fathom::Formatter<fathom::Event> {};
template <> struct std::formatter<fathom::EventCreate> : fathom::Formatter<fathom::EventCreate> {};
template <> struct std::formatter<fathom::EventUpdate> : fathom::Formatter<fathom::EventUpdate> {};
template <> struct std::formatter<fathom::Milestone> : fathom::Formatter<fathom::Milestone> {};
template <> struct std::formatter<fathom::MilestoneCreate> : fathom::Formatter<fathom::MilestoneCreate> {};
template <> struct std::formatter<fathom::MilestoneUpdate> : fathom::Formatter<fathom::MilestoneUpdate> {};
template <> struct std::formatter<fathom::CurrentPage> : fathom::Formatter<fathom::CurrentPage> {};
template <> struct std::formatter<fathom::CurrentReferrer> : fathom::Formatter<fathom::CurrentReferrer> {};
template <> struct std::formatter<fathom::CurrentVisitors> : fathom::Formatter<fathom::CurrentVisitors> {};
template <> struct std::formatter<fathom::Error> : fathom::Formatter<fathom::Error> {};
template <> struct std::formatter<fathom::ErrorKind> : fathom::Formatter<fathom::ErrorKind> {};
template <> struct std::formatter<fathom::FieldError> : fathom::Formatter<fathom::FieldError> {};
template <> struct std::formatter<fathom::HttpMethod> : fathom::Formatter<fathom::HttpMethod> {};
template <> struct std::formatter<fathom::HttpHeader> : fathom::Formatter<fathom::HttpHeader> {};
template <> struct std::formatter<fathom::HttpHeaders> : fathom::Formatter<fathom::HttpHeaders> {};
template <> struct std::formatter<fathom::HttpResponse> : fathom::Formatter<fathom::HttpResponse> {};
template <> struct std::formatter<fathom::RawRequest> : fathom::Formatter<fathom::RawRequest> {};
template <> struct std::formatter<fathom::Field> : fathom::Formatter<fathom::Field> {};
template <> struct std::formatter<fathom::KnownField> : fathom::Formatter<fathom::KnownField> {};
template <> struct std::formatter<fathom::KnownField::Value> : fathom::Formatter<fathom::KnownField::Value> {};
template <> struct std::formatter<fathom::Filter> : fathom::Formatter<fathom::Filter> {};
template <> struct std::formatter<fathom::FilterOperator> : fathom::Formatter<fathom::FilterOperator> {};
template <> struct std::formatter<fathom::FieldGrouping> : fathom::Formatter<fathom::FieldGrouping> {};
template <> struct std::formatter<fathom::ReportRange> : fathom::Formatter<fathom::ReportRange> {};
template <> struct std::formatter<fathom::ReportRange::Days> : fathom::Formatter<fathom::ReportRange::Days> {};
template <> struct std::formatter<fathom::ReportRange::Instants> : fathom::Formatter<fathom::ReportRange::Instants> {};
template <> struct std::formatter<fathom::ReportRange::Relative> : fathom::Formatter<fathom::ReportRange::Relative> {};
template <> struct std::formatter<fathom::ReportRange::Relative::Unit> : fathom::Formatter<fathom::ReportRange::Relative::Unit> {};
template <> struct std::formatter<fathom::ZonePeriod> : fathom::Formatter<fathom::ZonePeriod> {};
template <> struct std::formatter<fathom::ReportTime> : fathom::Formatter<fathom::ReportTime> {};
template <> struct std::formatter<fathom::DateGrouping> : fathom::Formatter<fathom::DateGrouping> {};
template <> struct std::formatter<fathom::RowFields> : fathom::Formatter<fathom::RowFields> {};
template <> struct std::formatter<fathom::PageviewRow> : fathom::Formatter<fathom::PageviewRow> {};
template <> struct std::formatter<fathom::EventRow> : fathom::Formatter<fathom::EventRow> {};
template <> struct std::formatter<fathom::CacheOptions> : fathom::Formatter<fathom::CacheOptions> {};
template <> struct std::formatter<fathom::CacheUse> : fathom::Formatter<fathom::CacheUse> {};
template <> struct std::formatter<fathom::RetryPolicy> : fathom::Formatter<fathom::RetryPolicy> {};
template <> struct std::formatter<fathom::CallOptions> : fathom::Formatter<fathom::CallOptions> {};
template <> struct std::formatter<fathom::LimitWait> : fathom::Formatter<fathom::LimitWait> {};
template <> struct std::formatter<fathom::WhenLimited> : fathom::Formatter<fathom::WhenLimited> {};
template <> struct std::formatter<fathom::Priority> : fathom::Formatter<fathom::Priority> {};
template <> struct std::formatter<fathom::ListOptions> : fathom::Formatter<fathom::ListOptions> {};
template <> struct std::formatter<fathom::Direction> : fathom::Formatter<fathom::Direction> {};
template <> struct std::formatter<fathom::RateLimit> : fathom::Formatter<fathom::RateLimit> {};
template <> struct std::formatter<fathom::RateLimits> : fathom::Formatter<fathom::RateLimits> {};
template <> struct std::formatter<fathom::LimitGroup> : fathom::Formatter<fathom::LimitGroup> {};
template <> struct std::formatter<fathom::LimitSharing> : fathom::Formatter<fathom::LimitSharing> {};
template <> struct std::formatter<fathom::PermitUse> : fathom::Formatter<fathom::PermitUse> {};
template <> struct std::formatter<fathom::LimitPace> : fathom::Formatter<fathom::LimitPace> {};
template <> struct std::formatter<fathom::GroupQuota> : fathom::Formatter<fathom::GroupQuota> {};
template <> struct std::formatter<fathom::Quota> : fathom::Formatter<fathom::Quota> {};
template <> struct std::formatter<fathom::RateLimiter::Permit> : fathom::Formatter<fathom::RateLimiter::Permit> {};
template <> struct std::formatter<fathom::RateLimiter::Denied> : fathom::Formatter<fathom::RateLimiter::Denied> {};
template <> struct std::formatter<fathom::RateLimiter::Admission> : fathom::Formatter<fathom::RateLimiter::Admission> {};
template <> struct std::formatter<fathom::ConnectionOptions> : fathom::Formatter<fathom::ConnectionOptions> {};
template <> struct std::formatter<fathom::HttpRequest> : fathom::Formatter<fathom::HttpRequest> {};
template <> struct std::formatter<fathom::TransportError> : fathom::Formatter<fathom::TransportError> {};
template <> struct std::formatter<fathom::Transfer> : fathom::Formatter<fathom::Transfer> {};
template <> struct std::formatter<fathom::ClientOptions> : fathom::Formatter<fathom::ClientOptions> {};
template <> struct std::formatter<fathom::ObservedCall> : fathom::Formatter<fathom::ObservedCall> {};
template <> struct std::formatter<fathom::CallStarted> : fathom::Formatter<fathom::CallStarted> {};
template <> struct std::formatter<fathom::LimiterWaitStarted> : fathom::Formatter<fathom::LimiterWaitStarted> {};
template <> struct std::formatter<fathom::LimiterWaited> : fathom::Formatter<fathom::LimiterWaited> {};
template <> struct std::formatter<fathom::AttemptStarted> : fathom::Formatter<fathom::AttemptStarted> {};
template <> struct std::formatter<fathom::AttemptEnded> : fathom::Formatter<fathom::AttemptEnded> {};
template <> struct std::formatter<fathom::RetryScheduled> : fathom::Formatter<fathom::RetryScheduled> {};
template <> struct std::formatter<fathom::DriftFound> : fathom::Formatter<fathom::DriftFound> {};
template <> struct std::formatter<fathom::CallEnded> : fathom::Formatter<fathom::CallEnded> {};
template <> struct std::formatter<fathom::HistoryOptions> : fathom::Formatter<fathom::HistoryOptions> {};
template <> struct std::formatter<fathom::HistoryProgress> : fathom::Formatter<fathom::HistoryProgress> {};
template <> struct std::formatter<fathom::WhenIncomplete> : fathom::Formatter<fathom::WhenIncomplete> {};
template <> struct std::formatter<fathom::LogLevel> : fathom::Formatter<fathom::LogLevel> {};
template <> struct std::formatter<fathom::CsvHeader> : fathom::Formatter<fathom::CsvHeader> {};
template <> struct std::formatter<fathom::TimeBucket> : fathom::Formatter<fathom::TimeBucket> {};
template <class Key> struct std::formatter<fathom::Sort<Key>> : fathom::Formatter<fathom::Sort<Key>> {};
template <> struct std::formatter<fathom::SharingValues::Value> : fathom::Formatter<fathom::SharingValues::Value> {};
template <> struct std::formatter<fathom::MultiDomainOptionValues::Value> : fathom::Formatter<fathom::MultiDomainOptionValues::Value> {};
template <> struct std::formatter<fathom::CurrencyValues::Value> : fathom::Formatter<fathom::CurrencyValues::Value> {};
template <> struct std::formatter<fathom::PageviewMetricValues::Value> : fathom::Formatter<fathom::PageviewMetricValues::Value> {};
template <> struct std::formatter<fathom::EventMetricValues::Value> : fathom::Formatter<fathom::EventMetricValues::Value> {};
// clang-format on

#endif
