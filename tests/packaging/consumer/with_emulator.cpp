#include <iostream>

#include <fathom/fathom.hpp>
#include <fathom/testing/client_options.hpp>
#include <fathom/testing/emulator.hpp>

int main() {
    fathom::testing::Emulator emulator{{.sample_data = fathom::testing::SampleData::none}};
    const std::string id = emulator.add_site({.name = "Shop"});
    const fathom::Client client{fathom::testing::client_options(emulator)};
    const auto site = client.sites().get(fathom::SiteId{id});
    if (!site) {
        std::cerr << site.error() << '\n';
        return 1;
    }
    std::cout << site->name << '\n';
    return site->name == "Shop" ? 0 : 1;
}
