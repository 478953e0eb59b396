/// @file
/// What the programs here do, each in another event loop.
#pragma once

#include <cstddef>
#include <iostream>
#include <utility>
#include <vector>

#include <fathom/fathom.hpp>

/// Prints how many visitors each site has now. All sites are asked at once, and the loop goes on meanwhile.
inline fathom::Future<void> show_visitors(fathom::AsyncClient client) {
    const std::vector<fathom::Site> sites = (co_await client.sites().list().collect()).value();
    std::vector<fathom::Future<fathom::CurrentVisitors>> asked;
    for (const fathom::Site& site : sites) asked.push_back(client.current_visitors().get(site.id));
    for (std::size_t i = 0; i < sites.size(); ++i) {
        std::cout << sites[i].name << ": " << (co_await std::move(asked[i])).value().total << '\n';
    }
}
