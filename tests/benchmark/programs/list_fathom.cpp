// A small program with the library: prints the names of all sites.
#include <fathom/fathom.hpp>

#include <iostream>

int main() {
    for (const auto& site : fathom::Client::from_env().sites().list()) std::cout << site.value().name << '\n';
}
