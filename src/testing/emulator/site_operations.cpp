#include <nlohmann/json.hpp>

#include "operations.hpp"
#include "pagination.hpp"
#include "request_body.hpp"
#include "time_zones.hpp"

namespace fathom::testing::detail {
namespace {

Json present(const Service& service, const SiteRecord& site) {
    Json body{{"id", site.id}, {"object", "site"}, {"name", site.name}, {"sharing", site.sharing}};
    body["created_at"] = time_text(service, site.created_at);
    if (service.is_live()) body["timezone"] = site.timezone;
    return body;
}

void apply_sharing(const RequestBody& body, SiteRecord& site) {
    site.sharing = body.one_of("sharing", {"none", "private", "public"}).value_or(site.sharing);
    site.share_password = body.text("share_password").value_or(site.share_password);
    if (site.sharing == "private" && site.share_password.empty())
        throw ApiError{400, "share_password", "The share_password field is required when sharing is private."};
}

void apply_time_zone(const RequestBody& body, SiteRecord& site) {
    site.timezone = body.text("timezone").value_or(site.timezone);
    if (!is_known_time_zone(site.timezone))
        throw ApiError{400, "timezone", "The timezone field must be a valid timezone."};
}

void apply_domains(const RequestBody& body, SiteRecord& site) {
    site.multi_domain = body.flag("multi_domain").value_or(site.multi_domain);
    site.multi_domain_option =
        body.one_of("multi_domain_option", {"combined", "separate"}).value_or(site.multi_domain_option);
}

// @param read_name what the operation demands of the name
template <typename ReadName>
void apply(const RequestBody& body, SiteRecord& site, ReadName read_name) {
    Checks checks;
    checks.run([&] { site.name = read_name(); });
    checks.run([&] { apply_sharing(body, site); });
    checks.run([&] { apply_time_zone(body, site); });
    checks.run([&] { apply_domains(body, site); });
    checks.finish();
}

} // namespace

SiteRecord site_of(Service& service, const Call& call) {
    auto site = find_site(service.database, call.site_id());
    if (!site) throw ApiError{404, "Site not found"};
    return *site;
}

Answer list_sites(Service& service, const Call& call) {
    return list_page(service, call, {.table = "sites"}, [&](std::int64_t sequence) {
        return present(service, site_at(service.database, sequence).value());
    });
}

Answer create_site(Service& service, const Call& call) {
    const RequestBody body = body_of(service, call);
    SiteRecord site{.created_at = service.now()};
    apply(body, site, [&] { return body.required_text("name"); });
    insert(service.database, service.ids, site);
    return json_answer(present(service, site));
}

Answer get_site(Service& service, const Call& call) { return json_answer(present(service, site_of(service, call))); }

Answer update_site(Service& service, const Call& call) {
    SiteRecord site = site_of(service, call);
    const RequestBody body = body_of(service, call);
    apply(body, site, [&] { return body.text("name").value_or(site.name); });
    update(service.database, site);
    return json_answer(present(service, site));
}

Answer delete_site(Service& service, const Call& call) {
    const SiteRecord site = site_of(service, call);
    service.database.run("DELETE FROM sites WHERE sequence = ?", site.sequence);
    return deleted_answer(service, "site", site.id);
}

Answer wipe_site(Service& service, const Call& call) {
    const SiteRecord site = site_of(service, call);
    Transaction transaction{service.database};
    service.database.run("DELETE FROM pageviews WHERE site = ?", site.sequence);
    service.database.run("DELETE FROM conversions WHERE event IN (SELECT sequence FROM events WHERE site = ?)",
                         site.sequence);
    service.database.run("DELETE FROM events WHERE site = ? AND NOT recorded", site.sequence);
    service.database.run("DELETE FROM current_visitors WHERE site = ?", site.sequence);
    transaction.commit();
    return json_answer(Json::object());
}

} // namespace fathom::testing::detail
