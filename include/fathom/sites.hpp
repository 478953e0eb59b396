/// @file
/// Sites: what they are and the calls on them.
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
#include <fathom/sharing.hpp>
#include <fathom/time_zone.hpp>

namespace fathom::inline v0_2 {

/// The known values of MultiDomainOption.
struct MultiDomainOptionValues {
    /// How a site of several domains shows them.
    enum class Value : std::uint8_t {
        unrecognized,
        combined,
        separate,
    };

    static constexpr Value unrecognized = Value::unrecognized; ///< Not known to this version; see text().
    static constexpr Value combined = Value::combined;         ///< As one site.
    static constexpr Value separate = Value::separate;         ///< Each domain by itself.

    /// The API's spelling of each.
    static constexpr std::array<std::string_view, 3> names{"", "combined", "separate"};

    /// The API's spelling.
    [[nodiscard]] friend constexpr std::string_view to_string(Value known) noexcept {
        return names[static_cast<std::size_t>(known)];
    }
};

/// How a site of several domains shows them.
using MultiDomainOption = OpenEnum<MultiDomainOptionValues>;

/// A site whose visits are counted.
struct Site {
    SiteId id{};                                          ///< Identifier.
    std::string name{};                                   ///< Display name.
    Sharing sharing = Sharing::none;                      ///< Who may see the dashboard.
    std::optional<std::chrono::sys_seconds> created_at{}; ///< Creation, UTC.
    std::optional<std::string> timezone{};                ///< IANA name of its reporting zone (live service).
    std::optional<bool> multi_domain{}; ///< Whether it counts several domains, where the service says.
    std::optional<MultiDomainOption> multi_domain_option{}; ///< How it shows them, where the service says.

    /// Member-wise equality.
    friend bool operator==(const Site&, const Site&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const Site& value);
};

/// A site to be created.
struct SiteCreate {
    std::string name;                            ///< Display name, 1–255 characters.
    std::optional<Sharing> sharing{};            ///< The service's default is `none`.
    std::optional<std::string> share_password{}; ///< Required with Sharing::private_; at most 255 characters.
    std::optional<std::string> timezone{};       ///< IANA name of its reporting zone (live service).
    std::optional<bool> multi_domain{};          ///< Whether it counts several domains (live service).
    std::optional<MultiDomainOption> multi_domain_option{}; ///< How it shows them (live service).

    /// Member-wise equality.
    friend bool operator==(const SiteCreate&, const SiteCreate&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const SiteCreate& value);
};

/// What makes a site like another one. The service never gives a password back, so for a site with Sharing::private_ set
/// `share_password` before you create it.
[[nodiscard]] FATHOM_EXPORT SiteCreate create_like(const Site& site);

/// A change of a site: only what is set is sent.
struct SiteUpdate {
    std::optional<std::string> name{};           ///< New display name, 1–255 characters.
    std::optional<Sharing> sharing{};            ///< New sharing; Sharing::private_ needs `share_password` with it.
    std::optional<std::string> share_password{}; ///< New password, at most 255 characters; never given back.
    std::optional<std::string> timezone{};       ///< New reporting zone (live service).
    std::optional<bool> multi_domain{};          ///< Whether it counts several domains (live service).
    std::optional<MultiDomainOption> multi_domain_option{}; ///< How it shows them (live service).

    /// Member-wise equality.
    friend bool operator==(const SiteUpdate&, const SiteUpdate&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const SiteUpdate& value);
};

/// What is to be changed of a site so that it is as wanted, for programs that keep sites as a list says: nothing is set where
/// it is so already, and `update == SiteUpdate{}`. What `wanted` leaves open, or the service does not say of the site, stays
/// as it is. The password is set only along with a sharing that becomes private, since the service never gives it back.
[[nodiscard]] FATHOM_EXPORT SiteUpdate update_to_match(const Site& site, const SiteCreate& wanted);

/// Calls on sites; got from Client::sites().
template <class Style>
class FATHOM_EXPORT SitesModule {
    template <class T>
    using Outcome = typename Style::template Outcome<T>;
    template <class T>
    using List = typename Style::template List<T>;

public:
    /// All sites that the key reaches (operation `listSites`), fetched as the range is walked.
    [[nodiscard]] List<Site> list(const ListOptions& options = {}) const;
    /// Creates a site (operation `createSite`). Not repeated unless it was provably not
    /// processed. Where it fails with Error::may_have_taken_effect, list and compare before creating again.
    [[nodiscard]] Outcome<Site> create(const SiteCreate& site, const CallOptions& options = {}) const;
    /// One site (operation `getSite`).
    [[nodiscard]] Outcome<Site> get(const SiteId& id, const CallOptions& options = {}) const;
    /// The zone in which a site counts its days: asked of the service once (operation `getSite`), then kept for as long as
    /// the client lives, or until update() is called for the site.
    /// @return ErrorKind::invalid_argument where the service names no zone, or ClientOptions::time_zones does not know it
    [[nodiscard]] Outcome<TimeZone> time_zone(const SiteId& id, const CallOptions& options = {}) const;
    /// Changes a site (operation `updateSite`): sends only what is set; refuses a change that sets nothing.
    [[nodiscard]] Outcome<Site> update(const SiteId& id, const SiteUpdate& change,
                                       const CallOptions& options = {}) const;
    /// Permanently deletes a site with all its data (operation `deleteSite`).
    Outcome<void> remove(const SiteId& id, Irreversible, const CallOptions& options = {}) const;
    /// Permanently wipes all analytics data of a site, and keeps the site (operation `wipeSiteData`). The live service has
    /// retired it and answers ErrorKind::gone.
    Outcome<void> wipe_data(const SiteId& id, Irreversible, const CallOptions& options = {}) const;

private:
    friend struct detail::Access;
    explicit SitesModule(detail::Route<Style> route) noexcept;

    detail::ModuleRoute<Style> route_;
};

} // namespace fathom::inline v0_2
