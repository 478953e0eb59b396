// Writes the figures of all sites for Prometheus, by plain calls one after the other; `fathom exporter` is a service that does
// it. A scrape must not take minutes, and each costs two requests for a site, so run it by a timer and let node_exporter read
// the file:
//
//     FATHOM_API_KEY=... metrics_exporter > fathom.prom.new && mv fathom.prom.new /var/lib/node_exporter/fathom.prom
#include <exception>
#include <iostream>

#include "metrics.hpp"

int main() try { write_metrics(fathom::Client::from_env(), std::cout); } catch (const std::exception& problem) {
    std::cerr << problem.what() << '\n';
    return 1;
}
