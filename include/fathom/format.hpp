/// @file
/// `std::format` for the library's values, where the standard library has it: what `operator<<` writes, with the options
/// of a text (`std::format("{:>40}", site.name)`).
#pragma once

#include <version>

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
#include <fathom/http.hpp>
#include <fathom/ids.hpp>
#include <fathom/milestones.hpp>
#include <fathom/open_enum.hpp>
#include <fathom/pagination.hpp>
#include <fathom/printing.hpp>
#include <fathom/rate_limit.hpp>
#include <fathom/report.hpp>
#include <fathom/report_query.hpp>
#include <fathom/result.hpp>
#include <fathom/retry.hpp>
#include <fathom/sharing.hpp>
#include <fathom/sites.hpp>
#include <fathom/transport.hpp>

namespace fathom::detail {

/// Formats what `operator<<` writes.
template <class T>
struct Formatter : std::formatter<std::string, char> {
    template <class Context>
    auto format(const T& value, Context& context) const {
        std::ostringstream out;
        out << value;
        return std::formatter<std::string, char>::format(out.str(), context);
    }
};

} // namespace fathom::detail

// Some of these are ranges, or have a member that is; each is formatted as one text.
#if defined(__cpp_lib_format_ranges)
template <class Metric>
inline constexpr std::range_format std::format_kind<fathom::Report<Metric>> = std::range_format::disabled;
#endif

// clang-format off: a table
template <class Spec> struct std::formatter<fathom::OpenEnum<Spec>> : fathom::detail::Formatter<fathom::OpenEnum<Spec>> {};
template <class Tag> struct std::formatter<fathom::Id<Tag>> : fathom::detail::Formatter<fathom::Id<Tag>> {};
template <class Metric> struct std::formatter<fathom::SortBy<Metric>> : fathom::detail::Formatter<fathom::SortBy<Metric>> {};
template <class Metric> struct std::formatter<fathom::ReportQuery<Metric>> : fathom::detail::Formatter<fathom::ReportQuery<Metric>> {};
template <class Metric> struct std::formatter<fathom::Report<Metric>> : fathom::detail::Formatter<fathom::Report<Metric>> {};
template <class T> struct std::formatter<fathom::Page<T>> : fathom::detail::Formatter<fathom::Page<T>> {};
template <class T> struct std::formatter<fathom::Result<T>> : fathom::detail::Formatter<fathom::Result<T>> {};
template <> struct std::formatter<fathom::Account> : fathom::detail::Formatter<fathom::Account> {};
template <> struct std::formatter<fathom::Token> : fathom::detail::Formatter<fathom::Token> {};
template <> struct std::formatter<fathom::Site> : fathom::detail::Formatter<fathom::Site> {};
template <> struct std::formatter<fathom::SiteCreate> : fathom::detail::Formatter<fathom::SiteCreate> {};
template <> struct std::formatter<fathom::SiteUpdate> : fathom::detail::Formatter<fathom::SiteUpdate> {};
template <> struct std::formatter<fathom::Event> : fathom::detail::Formatter<fathom::Event> {};
template <> struct std::formatter<fathom::EventCreate> : fathom::detail::Formatter<fathom::EventCreate> {};
template <> struct std::formatter<fathom::EventUpdate> : fathom::detail::Formatter<fathom::EventUpdate> {};
template <> struct std::formatter<fathom::Milestone> : fathom::detail::Formatter<fathom::Milestone> {};
template <> struct std::formatter<fathom::MilestoneCreate> : fathom::detail::Formatter<fathom::MilestoneCreate> {};
template <> struct std::formatter<fathom::MilestoneUpdate> : fathom::detail::Formatter<fathom::MilestoneUpdate> {};
template <> struct std::formatter<fathom::CurrentPage> : fathom::detail::Formatter<fathom::CurrentPage> {};
template <> struct std::formatter<fathom::CurrentReferrer> : fathom::detail::Formatter<fathom::CurrentReferrer> {};
template <> struct std::formatter<fathom::CurrentVisitors> : fathom::detail::Formatter<fathom::CurrentVisitors> {};
template <> struct std::formatter<fathom::Error> : fathom::detail::Formatter<fathom::Error> {};
template <> struct std::formatter<fathom::ErrorKind> : fathom::detail::Formatter<fathom::ErrorKind> {};
template <> struct std::formatter<fathom::FieldError> : fathom::detail::Formatter<fathom::FieldError> {};
template <> struct std::formatter<fathom::HttpMethod> : fathom::detail::Formatter<fathom::HttpMethod> {};
template <> struct std::formatter<fathom::HttpHeader> : fathom::detail::Formatter<fathom::HttpHeader> {};
template <> struct std::formatter<fathom::HttpHeaders> : fathom::detail::Formatter<fathom::HttpHeaders> {};
template <> struct std::formatter<fathom::HttpResponse> : fathom::detail::Formatter<fathom::HttpResponse> {};
template <> struct std::formatter<fathom::RawRequest> : fathom::detail::Formatter<fathom::RawRequest> {};
template <> struct std::formatter<fathom::Field> : fathom::detail::Formatter<fathom::Field> {};
template <> struct std::formatter<fathom::KnownField> : fathom::detail::Formatter<fathom::KnownField> {};
template <> struct std::formatter<fathom::Filter> : fathom::detail::Formatter<fathom::Filter> {};
template <> struct std::formatter<fathom::FilterOperator> : fathom::detail::Formatter<fathom::FilterOperator> {};
template <> struct std::formatter<fathom::FieldGrouping> : fathom::detail::Formatter<fathom::FieldGrouping> {};
template <> struct std::formatter<fathom::ReportRange> : fathom::detail::Formatter<fathom::ReportRange> {};
template <> struct std::formatter<fathom::ReportTime> : fathom::detail::Formatter<fathom::ReportTime> {};
template <> struct std::formatter<fathom::DateGrouping> : fathom::detail::Formatter<fathom::DateGrouping> {};
template <> struct std::formatter<fathom::RowFields> : fathom::detail::Formatter<fathom::RowFields> {};
template <> struct std::formatter<fathom::PageviewRow> : fathom::detail::Formatter<fathom::PageviewRow> {};
template <> struct std::formatter<fathom::EventRow> : fathom::detail::Formatter<fathom::EventRow> {};
template <> struct std::formatter<fathom::CacheOptions> : fathom::detail::Formatter<fathom::CacheOptions> {};
template <> struct std::formatter<fathom::CacheUse> : fathom::detail::Formatter<fathom::CacheUse> {};
template <> struct std::formatter<fathom::RetryPolicy> : fathom::detail::Formatter<fathom::RetryPolicy> {};
template <> struct std::formatter<fathom::CallOptions> : fathom::detail::Formatter<fathom::CallOptions> {};
template <> struct std::formatter<fathom::WhenLimited> : fathom::detail::Formatter<fathom::WhenLimited> {};
template <> struct std::formatter<fathom::Priority> : fathom::detail::Formatter<fathom::Priority> {};
template <> struct std::formatter<fathom::ListOptions> : fathom::detail::Formatter<fathom::ListOptions> {};
template <> struct std::formatter<fathom::Direction> : fathom::detail::Formatter<fathom::Direction> {};
template <> struct std::formatter<fathom::RateLimit> : fathom::detail::Formatter<fathom::RateLimit> {};
template <> struct std::formatter<fathom::RateLimits> : fathom::detail::Formatter<fathom::RateLimits> {};
template <> struct std::formatter<fathom::LimitGroup> : fathom::detail::Formatter<fathom::LimitGroup> {};
template <> struct std::formatter<fathom::PermitUse> : fathom::detail::Formatter<fathom::PermitUse> {};
template <> struct std::formatter<fathom::LimitPace> : fathom::detail::Formatter<fathom::LimitPace> {};
template <> struct std::formatter<fathom::GroupQuota> : fathom::detail::Formatter<fathom::GroupQuota> {};
template <> struct std::formatter<fathom::Quota> : fathom::detail::Formatter<fathom::Quota> {};
template <> struct std::formatter<fathom::RateLimiter::Permit> : fathom::detail::Formatter<fathom::RateLimiter::Permit> {};
template <> struct std::formatter<fathom::RateLimiter::Denied> : fathom::detail::Formatter<fathom::RateLimiter::Denied> {};
template <> struct std::formatter<fathom::RateLimiter::Admission> : fathom::detail::Formatter<fathom::RateLimiter::Admission> {};
template <> struct std::formatter<fathom::ConnectionOptions> : fathom::detail::Formatter<fathom::ConnectionOptions> {};
template <> struct std::formatter<fathom::HttpRequest> : fathom::detail::Formatter<fathom::HttpRequest> {};
template <> struct std::formatter<fathom::TransportError> : fathom::detail::Formatter<fathom::TransportError> {};
template <> struct std::formatter<fathom::Transfer> : fathom::detail::Formatter<fathom::Transfer> {};
template <> struct std::formatter<fathom::ClientOptions> : fathom::detail::Formatter<fathom::ClientOptions> {};
template <> struct std::formatter<fathom::SharingValues::Value> : fathom::detail::Formatter<fathom::SharingValues::Value> {};
template <> struct std::formatter<fathom::MultiDomainOptionValues::Value> : fathom::detail::Formatter<fathom::MultiDomainOptionValues::Value> {};
template <> struct std::formatter<fathom::CurrencyValues::Value> : fathom::detail::Formatter<fathom::CurrencyValues::Value> {};
template <> struct std::formatter<fathom::PageviewMetricValues::Value> : fathom::detail::Formatter<fathom::PageviewMetricValues::Value> {};
template <> struct std::formatter<fathom::EventMetricValues::Value> : fathom::detail::Formatter<fathom::EventMetricValues::Value> {};
// clang-format on

#endif
