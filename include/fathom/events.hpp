/// @file
/// Events: what they are and the calls on them.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <fathom/call_options.hpp>
#include <fathom/call_style.hpp>
#include <fathom/detail/access.hpp>
#include <fathom/export.hpp>
#include <fathom/ids.hpp>
#include <fathom/irreversible.hpp>
#include <fathom/open_enum.hpp>

namespace fathom::inline v0_2 {

/// The known values of Currency.
struct CurrencyValues {
    /// What the values of an event are counted in.
    enum class Value : std::uint8_t {
        unrecognized,
        dollar,
        pound,
        euro,
        yuan,
        peso,
        shekel,
        yen,
        won,
        hryvnia,
        franc,
        rupee,
        integer,
        none,
    };

    static constexpr Value unrecognized = Value::unrecognized; ///< Not known to this version; see text().
    static constexpr Value dollar = Value::dollar;             ///< Dollar.
    static constexpr Value pound = Value::pound;               ///< Pound.
    static constexpr Value euro = Value::euro;                 ///< Euro.
    static constexpr Value yuan = Value::yuan;                 ///< Yuan.
    static constexpr Value peso = Value::peso;                 ///< Peso.
    static constexpr Value shekel = Value::shekel;             ///< Shekel.
    static constexpr Value yen = Value::yen;                   ///< Yen.
    static constexpr Value won = Value::won;                   ///< Won.
    static constexpr Value hryvnia = Value::hryvnia;           ///< Hryvnia.
    static constexpr Value franc = Value::franc;               ///< Franc.
    static constexpr Value rupee = Value::rupee;               ///< Rupee.
    static constexpr Value integer = Value::integer;           ///< A plain number, no currency.
    static constexpr Value none = Value::none;                 ///< Values are not shown.

    /// The API's spelling of each.
    static constexpr std::array<std::string_view, 14> names{"",      "dollar", "pound",   "euro", "yuan",
                                                            "peso",  "shekel", "yen",     "won",  "hryvnia",
                                                            "franc", "rupee",  "integer", "none"};

    /// The API's spelling.
    [[nodiscard]] friend constexpr std::string_view to_string(Value known) noexcept {
        return names[static_cast<std::size_t>(known)];
    }
};

/// What the values of an event are counted in.
using Currency = OpenEnum<CurrencyValues>;

/// A custom event that a site counts.
struct Event {
    std::optional<EventId> id{};                          ///< Identifier; newest answers of the service have none.
    std::string name{};                                   ///< Display name; identifies the event in reports.
    std::optional<SiteId> site_id{};                      ///< Its site; newest answers of the service leave it out.
    std::optional<Currency> currency{};                   ///< What its values are counted in (live service).
    std::optional<std::chrono::sys_seconds> created_at{}; ///< Creation, UTC.

    /// Member-wise equality.
    friend bool operator==(const Event&, const Event&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const Event& value);
};

/// An event to be created.
struct EventCreate {
    std::string name; ///< Display name, not empty.

    /// Member-wise equality.
    friend bool operator==(const EventCreate&, const EventCreate&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const EventCreate& value);
};

/// A change of an event: only what is set is sent.
struct EventUpdate {
    std::optional<std::string> name{}; ///< New display name, not empty.

    /// Member-wise equality.
    friend bool operator==(const EventUpdate&, const EventUpdate&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const EventUpdate& value);
};

/// Calls on a site's events; got from Client::events(). The live service has retired all calls that take an EventId, and
/// create(): they answer ErrorKind::gone there, with a message that names what to use instead.
template <class Style>
class FATHOM_EXPORT EventsModule {
    template <class T>
    using Outcome = typename Style::template Outcome<T>;
    template <class T>
    using List = typename Style::template List<T>;

public:
    /// All events of a site (operation `listEvents`), fetched as the range is walked.
    [[nodiscard]] List<Event> list(const SiteId& site, const ListOptions& options = {}) const;
    /// Creates an event (operation `createEvent`). Not repeated unless it was provably not
    /// processed. Where it fails with Error::may_have_taken_effect, list and compare before creating again.
    [[nodiscard]] Outcome<Event> create(const SiteId& site, const EventCreate& event,
                                        const CallOptions& options = {}) const;
    /// One event (operation `getEvent`).
    [[nodiscard]] Outcome<Event> get(const SiteId& site, const EventId& id, const CallOptions& options = {}) const;
    /// Changes an event (operation `updateEvent`); refuses a change that sets nothing.
    [[nodiscard]] Outcome<Event> update(const SiteId& site, const EventId& id, const EventUpdate& change,
                                        const CallOptions& options = {}) const;
    /// Permanently deletes an event with its data (operation `deleteEvent`).
    Outcome<void> remove(const SiteId& site, const EventId& id, Irreversible, const CallOptions& options = {}) const;
    /// Permanently wipes all data of an event, and keeps the event (operation `wipeEventData`).
    Outcome<void> wipe_data(const SiteId& site, const EventId& id, Irreversible, const CallOptions& options = {}) const;
    /// Removes the record and the currency of the events of that name (operation `deleteEventsByName`, live service only). It
    /// erases no analytics: a name that the site has tracked stays in the list.
    Outcome<void> remove_by_name(const SiteId& site, const std::string& name, Irreversible,
                                 const CallOptions& options = {}) const;
    /// Sets what the values of the events of that name are counted in (operation `setEventCurrency`, live service only).
    Outcome<void> set_currency(const SiteId& site, const std::string& name, const Currency& currency,
                               const CallOptions& options = {}) const;

private:
    friend struct detail::Access;
    explicit EventsModule(detail::Route<Style> route) noexcept;

    detail::ModuleRoute<Style> route_;
};

} // namespace fathom::inline v0_2
