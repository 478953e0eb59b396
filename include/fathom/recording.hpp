/// @file
/// Records what a client and the service say to each other, to hand over a fault and to test against what was really said.
#pragma once

#include <filesystem>
#include <memory>

#include <fathom/export.hpp>
#include <fathom/result.hpp>
#include <fathom/transport.hpp>

namespace fathom::inline v0_2 {

/// Appends each request with its answer, or with the failure that came in its place, to a file, as one line of JSON;
/// `fathom::testing::replay()` reads it. Without a line of code, the environment variable `FATHOM_RECORD` names a file to which
/// every client appends in this way, whatever its transport is.
///
/// `***` stands in the place of the API key, of passwords, cookies and other credentials by their names, and of e-mail
/// addresses: in URLs, headers and bodies of either side. Headers of requests are left out. All else is as it was said: names of
/// sites, paths, figures, and credentials that no name tells, as in a sentence; docs/security.md says what is hidden. The file
/// is made for its owner alone.
///
/// Each line is one write, so that a crash leaves whole exchanges. What cannot be written (a full disk) is left out, and calls
/// go on.
/// @param transport what sends the requests; not null
/// @return ErrorKind::invalid_argument where the file cannot be opened
[[nodiscard]] FATHOM_EXPORT Result<std::shared_ptr<Transport>>
recording_transport(const std::filesystem::path& file, std::shared_ptr<Transport> transport);

} // namespace fathom::inline v0_2
