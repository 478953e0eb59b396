#include "figures.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <string>

namespace fathom {

Requests reports_of(const Requests& requests) {
    Requests reports;
    std::ranges::copy_if(requests, std::back_inserter(reports), [](const testing::RecordedRequest& request) {
        return request.path.ends_with("/aggregations") || request.path.ends_with("/current_visitors");
    });
    return reports;
}

std::size_t refused_of(const Requests& requests) {
    return static_cast<std::size_t>(std::ranges::count(requests, 429, &testing::RecordedRequest::status));
}

Requests repeated_within(const Requests& requests, std::chrono::seconds time) {
    std::map<std::string, std::chrono::steady_clock::time_point> last;
    Requests repeated;
    for (const testing::RecordedRequest& request : requests) {
        const auto [place, is_new] = last.try_emplace(request.header("User-Agent").value_or("") + ' ' + request.method +
                                                      request.path + '?' + request.query);
        if (!is_new && request.arrived_at - place->second < time) repeated.push_back(request);
        place->second = request.arrived_at;
    }
    return repeated;
}

std::size_t come_within(const Requests& reports, std::chrono::seconds time) {
    return static_cast<std::size_t>(std::ranges::count_if(reports, [&](const testing::RecordedRequest& request) {
        return request.arrived_at - reports.front().arrived_at < time;
    }));
}

} // namespace fathom
