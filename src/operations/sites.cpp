#include "sites.hpp"

#include "../json/json.hpp"
#include "checks.hpp"
#include "facts.hpp"
#include "listing.hpp"

namespace fathom::detail::operations {

namespace {

constexpr std::size_t longest_site_name = 255;
constexpr std::size_t longest_password = 255;

/// The members that a new and a changed site have in common.
template <class Site>
void check_settings(Checks& checks, const Site& site) {
    if (site.sharing) {
        checks.require(!site.sharing->text().empty(), "sharing", "is empty; use one of the values of Sharing");
        checks.require(*site.sharing != Sharing::private_ || site.share_password.has_value(), "share_password",
                       "is needed when sharing is private");
    }
    if (site.share_password) checks.name("share_password", *site.share_password, longest_password);
    if (site.timezone) checks.timezone("timezone", *site.timezone);
    if (site.multi_domain_option) {
        checks.require(!site.multi_domain_option->text().empty(), "multi_domain_option",
                       "is empty; use one of the values of MultiDomainOption");
    }
}

bool sets_nothing(const SiteUpdate& change) {
    return !change.name && !change.sharing && !change.share_password && !change.timezone && !change.multi_domain &&
           !change.multi_domain_option;
}

} // namespace

Target site_target(const SiteId& id) { return std::move(Target("/sites").segment(id.str()).about(id.str())); }

Result<Operation<Page<Site>>> list_sites(const ListOptions& options, const PageQuery& page) {
    Checks checks(list_sites_facts.name);
    check(checks, options);
    if (auto error = checks.error()) return *std::move(error);
    Target target("/sites");
    add_page(target, page);
    return Operation<Page<Site>>{make_request(list_sites_facts, std::move(target)), &json::decode<Page<Site>>};
}

Result<Operation<Site>> create_site(const SiteCreate& site) {
    Checks checks(create_site_facts.name);
    checks.name("name", site.name, longest_site_name);
    check_settings(checks, site);
    if (auto error = checks.error()) return *std::move(error);
    return Operation<Site>{make_request(create_site_facts, Target("/sites"), json::encode(site)), &json::decode<Site>};
}

Result<Operation<Site>> get_site(const SiteId& id) {
    Checks checks(get_site_facts.name);
    checks.id("site_id", id);
    if (auto error = checks.error()) return *std::move(error);
    return Operation<Site>{make_request(get_site_facts, site_target(id)), &json::decode<Site>};
}

Result<Operation<Site>> update_site(const SiteId& id, const SiteUpdate& change) {
    Checks checks(update_site_facts.name);
    checks.id("site_id", id);
    checks.require(!sets_nothing(change), "change", "sets nothing; set at least one member, since a request costs");
    if (change.name) checks.name("name", *change.name, longest_site_name);
    check_settings(checks, change);
    if (auto error = checks.error()) return *std::move(error);
    return Operation<Site>{make_request(update_site_facts, site_target(id), json::encode(change)), &json::decode<Site>};
}

Result<Operation<void>> delete_site(const SiteId& id) {
    Checks checks(delete_site_facts.name);
    checks.id("site_id", id);
    if (auto error = checks.error()) return *std::move(error);
    return Operation<void>{make_request(delete_site_facts, site_target(id)), &json::decode_nothing};
}

Result<Operation<void>> wipe_site_data(const SiteId& id) {
    Checks checks(wipe_site_data_facts.name);
    checks.id("site_id", id);
    if (auto error = checks.error()) return *std::move(error);
    return Operation<void>{make_request(wipe_site_data_facts, site_target(id).segment("data")), &json::decode_nothing};
}

} // namespace fathom::detail::operations

namespace fathom::inline v0_2 {

SiteCreate create_like(const Site& site) {
    return {.name = site.name,
            .sharing = site.sharing,
            .timezone = site.timezone,
            .multi_domain = site.multi_domain,
            .multi_domain_option = site.multi_domain_option};
}

SiteUpdate update_to_match(const Site& site, const SiteCreate& wanted) {
    const auto changed = [](const auto& is, const auto& should_be) {
        return is && should_be && *is != *should_be ? should_be : std::nullopt;
    };
    SiteUpdate update;
    if (site.name != wanted.name) update.name = wanted.name;
    if (wanted.sharing && site.sharing != *wanted.sharing) update.sharing = wanted.sharing;
    if (update.sharing == Sharing::private_) update.share_password = wanted.share_password;
    update.timezone = changed(site.timezone, wanted.timezone);
    update.multi_domain = changed(site.multi_domain, wanted.multi_domain);
    update.multi_domain_option = changed(site.multi_domain_option, wanted.multi_domain_option);
    return update;
}

} // namespace fathom::inline v0_2
