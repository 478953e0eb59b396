#include <iostream>

#include <fathom/fathom.hpp>

int main() {
    const auto client = fathom::Client::create({.api_key = "a key"});
    if (client) {
        std::cerr << "a key with a space in it was let through\n";
        return 1;
    }
    const fathom::Client usable{{.api_key = "key", .base_url = "http://127.0.0.1:9"}};
    const auto refused = usable.sites().get(fathom::SiteId{""}); // never leaves the process
    if (refused || refused.error().kind != fathom::ErrorKind::invalid_argument) return 1;
    std::cout << "fathom " << fathom::version << '\n';
    return 0;
}
