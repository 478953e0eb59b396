/// @file
/// Who is on a site now.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fathom/call_options.hpp>
#include <fathom/call_style.hpp>
#include <fathom/detail/access.hpp>
#include <fathom/export.hpp>
#include <fathom/ids.hpp>

namespace fathom::inline v0_2 {

/// The visitors on one page now.
struct CurrentPage {
    std::string pathname{};                ///< Path of the page.
    std::optional<std::string> hostname{}; ///< Its host (live service).
    std::int64_t total = 0;                ///< Visitors on it.

    /// Member-wise equality.
    friend bool operator==(const CurrentPage&, const CurrentPage&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const CurrentPage& value);
};

/// The current visitors that came from one place.
struct CurrentReferrer {
    std::optional<std::string> referrer{};          ///< Where they came from, as the specification has it.
    std::optional<std::string> referrer_hostname{}; ///< Host they came from (live service).
    std::optional<std::string> referrer_pathname{}; ///< Path they came from (live service).
    std::int64_t total = 0;                         ///< Visitors from there.

    /// Member-wise equality.
    friend bool operator==(const CurrentReferrer&, const CurrentReferrer&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const CurrentReferrer& value);
};

/// The visitors on a site now.
struct CurrentVisitors {
    std::int64_t total = 0;                   ///< All of them; 0 where the answer does not say.
    std::vector<CurrentPage> content{};       ///< By page; empty unless the detailed call was made.
    std::vector<CurrentReferrer> referrers{}; ///< By origin; empty unless the detailed call was made.

    /// Member-wise equality.
    friend bool operator==(const CurrentVisitors&, const CurrentVisitors&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const CurrentVisitors& value);
};

/// Calls on current visitors; got from Client::current_visitors(). Limited to 10 a minute, together with reports.
template <class Style>
class FATHOM_EXPORT CurrentVisitorsModule {
    template <class T>
    using Outcome = typename Style::template Outcome<T>;

public:
    /// How many visitors are on the site now (operation `getCurrentVisitors`).
    [[nodiscard]] Outcome<CurrentVisitors> get(const SiteId& site, const CallOptions& options = {}) const;
    /// The same with a breakdown by page and origin (operation `getCurrentVisitors` with `detailed=true`).
    [[nodiscard]] Outcome<CurrentVisitors> detailed(const SiteId& site, const CallOptions& options = {}) const;

private:
    friend struct detail::Access;
    explicit CurrentVisitorsModule(detail::Route<Style> route) noexcept;

    detail::ModuleRoute<Style> route_;
};

} // namespace fathom::inline v0_2
