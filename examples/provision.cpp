// Makes the sites of an account those of a table: creates what is missing, changes what differs, leaves the rest alone. Run it
// as often as you like, also after it was interrupted; sites are told apart by their names.
//
//     FATHOM_API_KEY=... provision < sites.csv        # name,timezone,sharing,share_password
#include <exception>
#include <iostream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>

#include <fathom/fathom.hpp>

namespace {

/// Does what is to be done for one site, and says what that was.
fathom::Result<std::string> provide(const fathom::Client& client, const fathom::SiteCreate& wanted,
                                    std::map<std::string, fathom::Site>& sites) {
    const auto known = sites.find(wanted.name);
    if (known == sites.end()) {
        const fathom::Result<fathom::Site> created = client.sites().create(wanted);
        if (!created) return created.error();
        sites.emplace(wanted.name, *created); // a second line of that name changes this one
        return "created";
    }
    const fathom::SiteUpdate change = fathom::update_to_match(known->second, wanted);
    if (change == fathom::SiteUpdate{}) return "unchanged";
    const fathom::Result<fathom::Site> changed = client.sites().update(known->second.id, change);
    if (!changed) return changed.error();
    known->second = *changed;
    return "changed";
}

} // namespace

int main(int argc, char** argv) try {
    if (argc > 1)
        throw std::invalid_argument(std::string(argv[0]) + " reads the table from its standard input: < " + argv[1]);
    const std::string table{std::istreambuf_iterator<char>(std::cin), {}};
    const auto wanted = fathom::read_csv<fathom::SiteCreate>(table).value();
    const fathom::Client client = fathom::Client::from_env();
    std::map<std::string, fathom::Site> sites;
    for (const fathom::Result<fathom::Site>& site : client.sites().list()) sites.emplace(site.value().name, *site);
    int failures = 0;
    for (const fathom::SiteCreate& site : wanted) {
        const fathom::Result<std::string> outcome = provide(client, site, sites);
        if (outcome) {
            std::cout << *outcome << ' ' << site.name << '\n';
        } else {
            std::cerr << site.name << ": " << outcome.error() << '\n';
            ++failures;
        }
    }
    return failures == 0 ? 0 : 1;
} catch (const std::exception& problem) {
    std::cerr << problem.what() << '\n';
    return 1;
}
