/// @file
/// The posts of a site that were visited most, and whether more or fewer people come than before.
#pragma once

#include <ostream>
#include <string>

#include <fathom/client.hpp>

/// Writes the ten paths with most visits in the last 30 full days as a JSON array, with their visits in the 30 days before,
/// which are null where they cannot be known.
/// @param pattern which paths are posts: `/blog/*`
/// @throws fathom::Exception where the service does not answer as it should
void write_popular_posts(const fathom::Client& client, const fathom::SiteId& site, const std::string& pattern,
                         std::ostream& out);
