#include "pagination.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include <nlohmann/json.hpp>

#include "sql_functions.hpp"

namespace fathom::testing::detail {
namespace {

constexpr std::int64_t default_limit = 10;
constexpr std::int64_t lowest_limit = 1;
constexpr std::int64_t highest_limit = 100;

struct Page {
    std::vector<std::int64_t> sequences;
    bool has_more;
};

// What a request asks of a list; a cursor that is not set is 0.
struct PageQuery {
    std::int64_t limit = default_limit;
    std::int64_t after = 0;
    std::int64_t before = 0;
    bool is_lost = false; ///< A cursor names nothing, and there is no status to say so.
};

// The description has no status for a bad limit, so its dialect takes the nearest one.
std::int64_t limit_of(const Service& service, const Call& call) {
    const auto text = call.request.parameter("limit");
    if (!text) return default_limit;
    std::int64_t limit = 0;
    const auto [end, problem] = std::from_chars(text->data(), text->data() + text->size(), limit);
    const bool is_number = problem == std::errc{} && end == text->data() + text->size();
    if (!service.is_live()) return is_number ? std::clamp(limit, lowest_limit, highest_limit) : default_limit;
    if (!is_number) throw ApiError{400, "limit", "The limit field must be an integer."};
    if (limit < lowest_limit || limit > highest_limit)
        throw ApiError{400, "limit", "The limit field must be between 1 and 100."};
    return limit;
}

std::optional<std::int64_t> sequence_of(Service& service, const ListedTable& listed, const std::string& id) {
    // Mentions the scope always, so that it can always be bound.
    Statement row = service.database.query("SELECT sequence FROM " + listed.table + " WHERE ?1 = ?1 AND " +
                                               listed.condition + " AND " + listed.cursor + " = ?2",
                                           listed.scope, id);
    return row.step() ? std::optional{row.integer(0)} : std::nullopt;
}

// The sequence of the item that the parameter names; 0 where it is not given.
std::int64_t cursor_of(Service& service, const Call& call, const ListedTable& listed, const std::string& parameter,
                       PageQuery& query) {
    const auto id = call.request.parameter(parameter);
    if (!id) return 0;
    const auto sequence = sequence_of(service, listed, *id);
    if (sequence) return *sequence;
    // For the list of sites the description has no 404, so its dialect has nothing beside the cursor.
    const bool may_refuse = service.is_live() || listed.scope != 0;
    if (may_refuse) throw ApiError{404, parameter, "The selected " + parameter + " is invalid."};
    query.is_lost = true;
    return 0;
}

PageQuery read_query(Service& service, const Call& call, const ListedTable& listed) {
    PageQuery query{.limit = limit_of(service, call)};
    query.after = cursor_of(service, call, listed, "starting_after", query);
    query.before = cursor_of(service, call, listed, "ending_before", query);
    if (service.is_live() && query.after != 0 && query.before != 0)
        throw ApiError{400, "ending_before", "Only one of starting_after and ending_before can be given."};
    return query;
}

std::string sort_key(const ListedTable& listed) {
    return listed.sorted_by.empty() ? "(sequence)"
                                    : "(" + listed.sorted_by + " COLLATE " + text_collation + ", sequence)";
}

// Rows on one side of the cursor ?2 or ?3, all of them where that is 0.
std::string beside_cursor(const ListedTable& listed, const std::string& parameter, const std::string& comparison) {
    const std::string key = sort_key(listed);
    return " AND (" + parameter + " = 0 OR " + key + comparison + "(SELECT " + key.substr(1, key.size() - 2) +
           " FROM " + listed.table + " WHERE sequence = " + parameter + "))";
}

std::string order_of(const ListedTable& listed, const std::string& direction) {
    std::string by_sequence = "sequence " + direction;
    if (listed.sorted_by.empty()) return by_sequence;
    return listed.sorted_by + " COLLATE " + text_collation + " " + direction + ", " + by_sequence;
}

Page find_page(Service& service, const ListedTable& listed, const PageQuery& query) {
    if (query.is_lost) return {.sequences = {}, .has_more = false};
    const bool is_backward = query.before != 0 && query.after == 0;
    // One more than asked, to know whether there is more.
    Statement rows =
        service.database.query("SELECT sequence FROM " + listed.table + " WHERE ?1 = ?1 AND " + listed.condition +
                                   beside_cursor(listed, "?2", " > ") + beside_cursor(listed, "?3", " < ") +
                                   " ORDER BY " + order_of(listed, is_backward ? "DESC" : "ASC") + " LIMIT ?4",
                               listed.scope, query.after, query.before, query.limit + 1);
    Page page{.sequences = {}, .has_more = false};
    while (rows.step()) page.sequences.push_back(rows.integer(0));
    page.has_more = static_cast<std::int64_t>(page.sequences.size()) > query.limit;
    if (page.has_more) page.sequences.pop_back();
    if (is_backward && !service.is_live()) std::ranges::reverse(page.sequences);
    return page;
}

} // namespace

Answer list_page(Service& service, const Call& call, const ListedTable& listed,
                 const std::function<Json(std::int64_t)>& present) {
    const Page page = find_page(service, listed, read_query(service, call, listed));
    Json body{{"object", "list"}};
    if (service.is_live()) body["url"] = call.request.path;
    body["has_more"] = page.has_more;
    body["data"] = Json::array();
    for (const std::int64_t sequence : page.sequences) body["data"].push_back(present(sequence));
    return json_answer(body);
}

} // namespace fathom::testing::detail
