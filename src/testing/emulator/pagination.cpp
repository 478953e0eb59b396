#include "pagination.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include <nlohmann/json.hpp>

namespace fathom::testing::detail {
namespace {

constexpr std::int64_t default_limit = 10;
constexpr std::int64_t highest_limit = 100;

struct Page {
    std::vector<std::int64_t> sequences;
    bool has_more;
};

std::int64_t limit_of(const Call& call) {
    const auto text = call.request.parameter("limit");
    if (!text) return default_limit;
    std::int64_t limit = 0;
    const auto [end, problem] = std::from_chars(text->data(), text->data() + text->size(), limit);
    if (problem != std::errc{} || end != text->data() + text->size())
        throw ApiError{400, "limit", "The limit field must be an integer."};
    if (limit < 1 || limit > highest_limit) throw ApiError{400, "limit", "The limit field must be between 1 and 100."};
    return limit;
}

std::int64_t sequence_of_cursor(Service& service, const ListedTable& listed, const std::string& parameter,
                                const std::string& id) {
    // Mentions the scope always, so that it can always be bound.
    Statement row = service.database.query("SELECT sequence FROM " + listed.table + " WHERE ?1 = ?1 AND " +
                                               listed.condition + " AND id = ?2",
                                           listed.scope, id);
    if (!row.step())
        throw ApiError{service.unknown_reference_status(), parameter, "The selected " + parameter + " is invalid."};
    return row.integer(0);
}

Page read_page(Service& service, const ListedTable& listed, const std::string& condition_and_order, std::int64_t cursor,
               std::int64_t limit) {
    // One more than asked, to know whether there is more.
    Statement rows = service.database.query("SELECT sequence FROM " + listed.table + " WHERE ?1 = ?1 AND " +
                                                listed.condition + " AND " + condition_and_order + " LIMIT ?3",
                                            listed.scope, cursor, limit + 1);
    Page page{.sequences = {}, .has_more = false};
    while (rows.step()) page.sequences.push_back(rows.integer(0));
    page.has_more = static_cast<std::int64_t>(page.sequences.size()) > limit;
    if (page.has_more) page.sequences.pop_back();
    return page;
}

Page find_page(Service& service, const Call& call, const ListedTable& listed) {
    const std::int64_t limit = limit_of(call);
    const auto after = call.request.parameter("starting_after");
    const auto before = call.request.parameter("ending_before");
    if (after && before)
        throw ApiError{400, "ending_before", "Only one of starting_after and ending_before can be given."};
    if (!before) {
        const std::int64_t cursor = after ? sequence_of_cursor(service, listed, "starting_after", *after) : 0;
        return read_page(service, listed, "sequence > ?2 ORDER BY sequence ASC", cursor, limit);
    }
    const std::int64_t cursor = sequence_of_cursor(service, listed, "ending_before", *before);
    Page page = read_page(service, listed, "sequence < ?2 ORDER BY sequence DESC", cursor, limit);
    if (!service.is_live()) std::ranges::reverse(page.sequences);
    return page;
}

} // namespace

Answer list_page(Service& service, const Call& call, const ListedTable& listed,
                 const std::function<Json(std::int64_t)>& present) {
    const Page page = find_page(service, call, listed);
    Json body{{"object", "list"}};
    if (service.is_live()) body["url"] = call.request.path;
    body["has_more"] = page.has_more;
    body["data"] = Json::array();
    for (const std::int64_t sequence : page.sequences) body["data"].push_back(present(sequence));
    return json_answer(body);
}

} // namespace fathom::testing::detail
