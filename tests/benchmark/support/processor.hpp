/// @file
/// Keeping a process on one processor.
#pragma once

namespace fathom::benchmark {

/// Keeps the calling thread, and whatever it starts, on the first processor. A client and its server that share one take
/// turns, so that what is timed is their work; on two processors the waking of one by the other hides all else.
void stay_on_one_processor();

} // namespace fathom::benchmark
