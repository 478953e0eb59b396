// Uses of the module that need more than a name of it: operators, hashes, hidden friends, templates, coroutines.
#include <coroutine>
#include <iostream>
#include <sstream>
#include <unordered_set>

import fathom;

namespace {

bool filters_by_operator() {
    const fathom::Filter filter = fathom::Field::country_code == "DE";
    return filter.value == "DE" && filter.comparison == fathom::FilterOperator::is;
}

bool prints_and_hashes() {
    std::ostringstream out;
    out << fathom::Site{.id = fathom::SiteId{"CDBUGS"}, .name = "Shop"} << fathom::DateGrouping::day;
    const std::unordered_set<fathom::SiteId> ids{fathom::SiteId{"CDBUGS"}, fathom::SiteId{"CDBUGS"}};
    return out.str().find("Shop") != std::string::npos && ids.size() == 1;
}

fathom::Future<bool> refuses_an_empty_id(fathom::AsyncClient client) {
    const auto site = co_await client.sites().get(fathom::SiteId{""}); // never leaves the process
    co_return !site && site.error().kind == fathom::ErrorKind::invalid_argument;
}

} // namespace

int main() {
    const fathom::Client client{{.api_key = "key", .base_url = "http://127.0.0.1:9"}};
    const bool works =
        filters_by_operator() && prints_and_hashes() && refuses_an_empty_id(fathom::AsyncClient{client}).get().value();
    std::cout << "import fathom " << fathom::version << (works ? " works\n" : " does not work\n");
    return works ? 0 : 1;
}
