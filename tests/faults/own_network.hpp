/// @file
/// A network and a resolver that no other program sees, where Linux and the rights of this program allow that.
#pragma once

#include <functional>

namespace fathom::faults {

/// Runs a function on a thread with a network of its own, in which there is nothing but this machine (127.0.0.1), and where
/// names are looked up at 127.0.0.1, with one question that waits for a second. Threads that it starts are there too.
/// @return false where it was not run, since that is not allowed
[[nodiscard]] bool run_in_own_network(const std::function<void()>& function);

/// Lets the network of the calling thread carry packets, or swallow them.
void set_loopback(bool is_up);

} // namespace fathom::faults
