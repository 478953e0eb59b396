#include <nlohmann/json.hpp>

#include "operations.hpp"
#include "request_body.hpp"

namespace fathom::testing::detail {
namespace {

Json present_total(const Service& service, std::int64_t total) {
    // The live service has been seen to send both; its total is a number here, so the parts are text.
    return service.is_live() ? Json(std::to_string(total)) : Json(total);
}

Json present_pages(Service& service, const SiteRecord& site) {
    Json pages = Json::array();
    Statement rows = service.database.query("SELECT hostname, pathname, SUM(total) FROM current_visitors "
                                            "WHERE site = ? GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2",
                                            site.sequence);
    while (rows.step()) {
        Json page = Json::object();
        if (service.is_live()) page["hostname"] = rows.text(0);
        page["pathname"] = rows.text(1);
        page["total"] = present_total(service, rows.integer(2));
        pages.push_back(page);
    }
    return pages;
}

Json present_referrers(Service& service, const SiteRecord& site) {
    Json referrers = Json::array();
    Statement rows = service.database.query("SELECT referrer_hostname, referrer_pathname, SUM(total) "
                                            "FROM current_visitors WHERE site = ? AND referrer_hostname <> '' "
                                            "GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2",
                                            site.sequence);
    while (rows.step()) {
        Json referrer = Json::object();
        if (service.is_live()) {
            referrer["referrer_hostname"] = rows.text(0);
            referrer["referrer_pathname"] = rows.text(1);
        } else {
            referrer["referrer"] = rows.text(0) + rows.text(1);
        }
        referrer["total"] = present_total(service, rows.integer(2));
        referrers.push_back(referrer);
    }
    return referrers;
}

bool is_detailed(const Call& call) {
    const std::string detailed = call.request.parameter("detailed").value_or("false");
    if (detailed != "true" && detailed != "false")
        throw ApiError{400, "detailed", "The detailed field must be true or false."};
    return detailed == "true";
}

} // namespace

Answer get_current_visitors(Service& service, const Call& call) {
    const std::string id = call.request.parameter("site_id").value_or("");
    if (id.empty()) throw missing_field("site_id");
    const auto site = find_site(service.database, id);
    if (!site) throw ApiError{service.unknown_reference_status(), "Site not found"};
    const bool detailed = is_detailed(call);
    Statement row = service.database.query("SELECT SUM(total) FROM current_visitors WHERE site = ?", site->sequence);
    row.step();
    Json body{{"total", row.integer(0)}};
    if (detailed || service.is_live()) {
        body["content"] = detailed ? present_pages(service, *site) : Json::array();
        body["referrers"] = detailed ? present_referrers(service, *site) : Json::array();
    }
    return json_answer(body);
}

} // namespace fathom::testing::detail
