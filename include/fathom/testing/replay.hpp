/// @file
/// Replays what fathom::recording_transport() recorded, to test against what the service really said.
#pragma once

#include <filesystem>
#include <memory>

#include <fathom/export.hpp>
#include <fathom/testing/scripted_transport.hpp>

namespace fathom::testing {

/// A transport that answers each request as the recording says, in virtual time that begins when the recording did, with the
/// latency that was measured. A request is answered by the first exchange with its method, path and query that was not used
/// yet, in the order in which they were sent; of several, by the first whose body is the request's, if there is one. Scheme,
/// host and headers do not matter, and `***` in the recording stands for any text. A request that was not recorded, or more
/// often than it was recorded, fails with ErrorKind::internal and a message that names it.
///
/// @code
/// const fathom::Client client{{.api_key = "test", .transport = fathom::testing::replay("fault.jsonl")}};
/// @endcode
/// A line that a crash has cut is passed over. ScriptedTransport::then() adds answers that come before those of the
/// recording.
/// @throws std::runtime_error where the file cannot be read; it names the line
[[nodiscard]] FATHOM_TESTING_EXPORT std::shared_ptr<ScriptedTransport> replay(const std::filesystem::path& recording);

} // namespace fathom::testing
