/// @file
/// How a program that runs until it is told to end learns that.
#pragma once

namespace fathom::detail {

/// From now on Ctrl-C, and what else asks a program to end, do not end it amid its work. Call it before there are threads.
/// What whoever started the program has ignored stays so.
void hold_end_signals();
/// Waits until the program is asked to end.
void wait_for_end_signal();

} // namespace fathom::detail
