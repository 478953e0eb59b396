/// @file
/// The members of each struct and their names in JSON: the one place where those names stand.
#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>

#include <fathom/account.hpp>
#include <fathom/current_visitors.hpp>
#include <fathom/events.hpp>
#include <fathom/milestones.hpp>
#include <fathom/pagination.hpp>
#include <fathom/sites.hpp>

namespace fathom::detail::json {

/// What it means that an answer lacks a member, or holds something else in its place. Required is only what nothing can be
/// done without: the id of what may be read, changed or deleted by it, and the items of a list.
enum class Presence : std::uint8_t {
    optional, ///< Nothing; what stands in its place is passed over, and the observer is told.
    expected, ///< The same, but the observer is told of a lack too: the API always sends it.
    required, ///< The answer cannot be read.
};

/// A member of a struct.
template <auto Member>
struct Field {
    static constexpr auto member = Member;
    std::string_view name;
    Presence presence = Presence::optional;
};

/// All members of T, as a tuple of Field.
template <class T>
inline constexpr auto fields = std::tuple<>();

template <>
inline constexpr auto fields<Account> =
    std::tuple(Field<&Account::id>{"id", Presence::expected}, Field<&Account::name>{"name", Presence::expected},
               Field<&Account::email>{"email", Presence::expected});

template <>
inline constexpr auto fields<Token> =
    std::tuple(Field<&Token::name>{"name", Presence::expected}, Field<&Token::version>{"version"},
               Field<&Token::abilities>{"abilities"}, Field<&Token::last_used_at>{"last_used_at"},
               Field<&Token::expires_at>{"expires_at"}, Field<&Token::created_at>{"created_at"},
               Field<&Token::updated_at>{"updated_at"});

template <>
inline constexpr auto fields<Site> =
    std::tuple(Field<&Site::id>{"id", Presence::required}, Field<&Site::name>{"name", Presence::expected},
               Field<&Site::sharing>{"sharing"}, Field<&Site::created_at>{"created_at"},
               Field<&Site::timezone>{"timezone"}, Field<&Site::multi_domain>{"multi_domain"},
               Field<&Site::multi_domain_option>{"multi_domain_option"});

/// @tparam presence whether it may lack what a new one cannot be without
template <class Settings, Presence presence>
inline constexpr auto site_settings =
    std::tuple(Field<&Settings::name>{"name", presence}, Field<&Settings::sharing>{"sharing"},
               Field<&Settings::share_password>{"share_password"}, Field<&Settings::timezone>{"timezone"},
               Field<&Settings::multi_domain>{"multi_domain"},
               Field<&Settings::multi_domain_option>{"multi_domain_option"});
template <>
inline constexpr auto fields<SiteCreate> = site_settings<SiteCreate, Presence::required>;
template <>
inline constexpr auto fields<SiteUpdate> = site_settings<SiteUpdate, Presence::optional>;

template <>
inline constexpr auto fields<Event> =
    std::tuple(Field<&Event::id>{"id"}, Field<&Event::name>{"name", Presence::expected},
               Field<&Event::site_id>{"site_id"}, Field<&Event::currency>{"currency"},
               Field<&Event::created_at>{"created_at"});

template <>
inline constexpr auto fields<EventCreate> = std::tuple(Field<&EventCreate::name>{"name", Presence::required});
template <>
inline constexpr auto fields<EventUpdate> = std::tuple(Field<&EventUpdate::name>{"name"});

template <>
inline constexpr auto fields<Milestone> =
    std::tuple(Field<&Milestone::id>{"id", Presence::required}, Field<&Milestone::name>{"name", Presence::expected},
               Field<&Milestone::milestone_date>{"milestone_date", Presence::expected},
               Field<&Milestone::created_at>{"created_at"}, Field<&Milestone::updated_at>{"updated_at"});

template <class Settings, Presence presence>
inline constexpr auto milestone_settings =
    std::tuple(Field<&Settings::name>{"name", presence}, Field<&Settings::milestone_date>{"milestone_date", presence});
template <>
inline constexpr auto fields<MilestoneCreate> = milestone_settings<MilestoneCreate, Presence::required>;
template <>
inline constexpr auto fields<MilestoneUpdate> = milestone_settings<MilestoneUpdate, Presence::optional>;

template <>
inline constexpr auto fields<CurrentPage> =
    std::tuple(Field<&CurrentPage::pathname>{"pathname", Presence::expected}, Field<&CurrentPage::hostname>{"hostname"},
               Field<&CurrentPage::total>{"total", Presence::expected});

template <>
inline constexpr auto fields<CurrentReferrer> =
    std::tuple(Field<&CurrentReferrer::referrer>{"referrer"},
               Field<&CurrentReferrer::referrer_hostname>{"referrer_hostname"},
               Field<&CurrentReferrer::referrer_pathname>{"referrer_pathname"},
               Field<&CurrentReferrer::total>{"total", Presence::expected});

template <>
inline constexpr auto fields<CurrentVisitors> =
    std::tuple(Field<&CurrentVisitors::total>{"total", Presence::expected}, Field<&CurrentVisitors::content>{"content"},
               Field<&CurrentVisitors::referrers>{"referrers"});

template <class T>
inline constexpr auto fields<Page<T>> =
    std::tuple(Field<&Page<T>::data>{"data", Presence::required}, Field<&Page<T>::has_more>{"has_more"});

} // namespace fathom::detail::json
