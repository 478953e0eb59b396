/// @file
/// Pages of lists: cursors, their checks, and the envelope around the items.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "answer.hpp"
#include "service.hpp"

namespace fathom::testing::detail {

/// What is listed.
struct ListedTable {
    std::string table;              ///< With the columns `id` and `sequence`.
    std::string condition = "TRUE"; ///< Which rows belong to the list; refers to the scope as ?1.
    std::int64_t scope = 0;         ///< A site's sequence.
    std::string sorted_by{};        ///< A column of text; empty: by creation.
    std::string cursor = "id";      ///< The column that cursors name.
};

/// Answers the page that the call's `limit`, `starting_after` and `ending_before` ask for.
///
/// `ending_before` gives the items just before the cursor: in the live dialect the nearest comes first, as the service
/// documents it; in the specification's the page reads in the list's order, as its sister APIs have it.
/// @param present makes the JSON of the item with that sequence
[[nodiscard]] Answer list_page(Service& service, const Call& call, const ListedTable& listed,
                               const std::function<Json(std::int64_t)>& present);

} // namespace fathom::testing::detail
