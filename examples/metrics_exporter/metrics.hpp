/// @file
/// The figures of all sites of an account, for Prometheus.
#pragma once

#include <ostream>

#include <fathom/client.hpp>

/// Writes visitors now and visits of today for each site, in Prometheus' text format. One pass: two reports for each site, at
/// the pace of the limit, so 20 sites take four minutes. A site whose figures do not come has `fathom_up` 0 and no others.
/// @throws fathom::Exception where the sites cannot be listed
void write_metrics(const fathom::Client& client, std::ostream& out);
