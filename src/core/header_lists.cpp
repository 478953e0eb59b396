#include "header_lists.hpp"

#include "../text/ascii.hpp"
#include "header_text.hpp"

namespace fathom::detail {

std::string list_of(const HttpHeaders& headers, std::string_view name) {
    std::string list;
    if (!headers.find(name)) return list; // as most answers have none, and this needs no memory
    for (const HttpHeader& header : headers.all()) {
        if (!equal_ignoring_case(header.name, name)) continue;
        if (!list.empty()) list.append(", ");
        list.append(header.value);
    }
    return list;
}

std::vector<std::string_view> items_of(std::string_view list) {
    std::vector<std::string_view> items;
    while (!list.empty()) items.push_back(take_list_item(list));
    return items;
}

} // namespace fathom::detail
