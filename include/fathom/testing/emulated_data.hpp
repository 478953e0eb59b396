/// @file
/// What can be put into an emulator without going through its API: sites, events, milestones, traffic.
#pragma once

#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include <fathom/export.hpp>

namespace fathom::testing {

/// A site to add.
struct EmulatedSite {
    std::string id{};             ///< Empty: one is made, upper-case letters as the service has them.
    std::string name = "Example"; ///< Display name.
    std::string sharing = "none"; ///< `none`, `private` or `public`.
    std::string timezone = "UTC"; ///< IANA name; the default of reports.
    std::optional<std::chrono::sys_seconds> created_at{}; ///< Not set: the emulator's now.

    /// Member-wise equality.
    friend bool operator==(const EmulatedSite&, const EmulatedSite&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_TESTING_EXPORT std::ostream& operator<<(std::ostream& out, const EmulatedSite& value);
};

/// An event to add to a site.
struct EmulatedEvent {
    std::string id{};                                     ///< Empty: eight upper-case letters are made.
    std::string name = "Signed up";                       ///< Display name.
    std::optional<std::string> currency{};                ///< `dollar`, `euro`, …
    std::optional<std::chrono::sys_seconds> created_at{}; ///< Not set: the emulator's now.

    /// Member-wise equality.
    friend bool operator==(const EmulatedEvent&, const EmulatedEvent&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_TESTING_EXPORT std::ostream& operator<<(std::ostream& out, const EmulatedEvent& value);
};

/// A milestone to add to a site.
struct EmulatedMilestone {
    std::string id{};                                     ///< Empty: a UUID is made.
    std::string name = "Launch";                          ///< Display name.
    std::string milestone_date = "2024-01-01";            ///< YYYY-MM-DD.
    std::optional<std::chrono::sys_seconds> created_at{}; ///< Not set: the emulator's now.

    /// Member-wise equality.
    friend bool operator==(const EmulatedMilestone&, const EmulatedMilestone&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_TESTING_EXPORT std::ostream& operator<<(std::ostream& out, const EmulatedMilestone& value);
};

/// Who came from where to which page: the dimensions by which reports group and filter.
struct VisitorTraits {
    std::string hostname = "https://example.com"; ///< With the scheme, as the service has it.
    std::string pathname = "/";                   ///< Page.
    std::string entry_page = "/";                 ///< First page of the visit.
    std::string exit_page = "/";                  ///< Last page of the visit.
    std::string referrer_hostname{};              ///< Empty: came directly.
    std::string referrer_pathname{};              ///< Page on that host.
    std::string referrer_source{};                ///< The source's name: `Google`.
    std::string browser = "Chrome";               ///< Browser.
    std::string operating_system = "Windows";     ///< Operating system.
    std::string device_type = "Desktop";          ///< `Desktop`, `Phone`, `Tablet`.
    std::string country_code = "US";              ///< ISO 3166, two letters.
    std::string region{};                         ///< State or region; reports know it by both names.
    std::string city{};                           ///< City.
    std::string utm_source{};                     ///< Campaign tags.
    std::string utm_medium{};                     ///< Campaign tags.
    std::string utm_campaign{};                   ///< Campaign tags.
    std::string utm_content{};                    ///< Campaign tags.
    std::string utm_term{};                       ///< Campaign tags.
    std::string keyword{};                        ///< Searched words.
    std::string ref{};                            ///< The `ref` parameter.

    /// Member-wise equality.
    friend bool operator==(const VisitorTraits&, const VisitorTraits&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_TESTING_EXPORT std::ostream& operator<<(std::ostream& out, const VisitorTraits& value);
};

/// Pageviews of visitors with the same traits at the same instant.
struct EmulatedPageviews {
    std::chrono::sys_seconds at{};   ///< When.
    VisitorTraits traits{};          ///< Who and where.
    std::int64_t visits = 1;         ///< Visits that began with these; 0: all are pages further on in a visit.
    std::int64_t uniques = 1;        ///< Visitors.
    std::int64_t pageviews = 1;      ///< Pageviews.
    std::chrono::seconds duration{}; ///< Of all these visits together; reports give the average.
    std::int64_t bounces = 0;        ///< Visits that saw one page only.
    /// Who the visitors are. Rows with the same number on the same day of UTC are of the same people, who count once in
    /// `uniques`: as many as the largest of these rows has. 0: nobody who comes in another row.
    std::int64_t visitors = 0;

    /// Member-wise equality.
    friend bool operator==(const EmulatedPageviews&, const EmulatedPageviews&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_TESTING_EXPORT std::ostream& operator<<(std::ostream& out, const EmulatedPageviews& value);
};

/// Conversions of an event by visitors with the same traits at the same instant.
struct EmulatedConversions {
    std::chrono::sys_seconds at{};       ///< When.
    VisitorTraits traits{};              ///< Who and where.
    std::int64_t conversions = 1;        ///< Conversions.
    std::int64_t unique_conversions = 1; ///< Visitors who converted.
    std::int64_t value_in_cents = 0;     ///< Their value in all, in cents.
    std::int64_t visitors = 0;           ///< Who they are, as in EmulatedPageviews, for `unique_conversions`.

    /// Member-wise equality.
    friend bool operator==(const EmulatedConversions&, const EmulatedConversions&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_TESTING_EXPORT std::ostream& operator<<(std::ostream& out, const EmulatedConversions& value);
};

/// Visitors who are on a page now.
struct EmulatedVisitors {
    std::int64_t total = 1;                       ///< How many.
    std::string hostname = "https://example.com"; ///< With the scheme.
    std::string pathname = "/";                   ///< Page.
    std::string referrer_hostname{};              ///< Empty: came directly.
    std::string referrer_pathname{};              ///< Page on that host.

    /// Member-wise equality.
    friend bool operator==(const EmulatedVisitors&, const EmulatedVisitors&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_TESTING_EXPORT std::ostream& operator<<(std::ostream& out, const EmulatedVisitors& value);
};

} // namespace fathom::testing
