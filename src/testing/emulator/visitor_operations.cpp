#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "operations.hpp"
#include "presence.hpp"
#include "request_body.hpp"

namespace fathom::testing::detail {
namespace {

Json present_total(const Service& service, std::int64_t total) {
    // The live service has been seen to send both; its total is a number here, so the parts are text.
    return service.is_live() ? Json(std::to_string(total)) : Json(total);
}

using HostAndPage = std::pair<std::string, std::string>; // A host and a page of it.

// The places with their totals, the fullest first.
std::vector<std::pair<HostAndPage, std::int64_t>> ranked(const std::vector<EmulatedVisitors>& visitors,
                                                         std::string EmulatedVisitors::* hostname,
                                                         std::string EmulatedVisitors::* pathname) {
    std::map<HostAndPage, std::int64_t> totals;
    for (const EmulatedVisitors& group : visitors) totals[{group.*hostname, group.*pathname}] += group.total;
    std::vector<std::pair<HostAndPage, std::int64_t>> places{totals.begin(), totals.end()};
    std::ranges::sort(places, [](const auto& left, const auto& right) {
        return left.second != right.second ? left.second > right.second : left.first < right.first;
    });
    return places;
}

Json present_pages(const Service& service, const std::vector<EmulatedVisitors>& visitors) {
    Json pages = Json::array();
    for (const auto& [place, total] : ranked(visitors, &EmulatedVisitors::hostname, &EmulatedVisitors::pathname)) {
        Json page = Json::object();
        if (service.is_live()) page["hostname"] = place.first;
        page["pathname"] = place.second;
        page["total"] = present_total(service, total);
        pages.push_back(page);
    }
    return pages;
}

Json present_referrers(const Service& service, const std::vector<EmulatedVisitors>& visitors) {
    Json referrers = Json::array();
    for (const auto& [place, total] :
         ranked(visitors, &EmulatedVisitors::referrer_hostname, &EmulatedVisitors::referrer_pathname)) {
        if (place.first.empty()) continue;
        Json referrer = Json::object();
        if (service.is_live()) {
            referrer["referrer_hostname"] = place.first;
            referrer["referrer_pathname"] = place.second;
        } else {
            referrer["referrer"] = place.first + place.second;
        }
        referrer["total"] = present_total(service, total);
        referrers.push_back(referrer);
    }
    return referrers;
}

std::int64_t count_all(const std::vector<EmulatedVisitors>& visitors) {
    std::int64_t total = 0;
    for (const EmulatedVisitors& group : visitors) total += group.total;
    return total;
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
    const std::vector<EmulatedVisitors> visitors = visitors_present(service, *site);
    Json body{{"total", count_all(visitors)}};
    if (detailed || service.is_live()) {
        body["content"] = detailed ? present_pages(service, visitors) : Json::array();
        body["referrers"] = detailed ? present_referrers(service, visitors) : Json::array();
    }
    return json_answer(body);
}

} // namespace fathom::testing::detail
