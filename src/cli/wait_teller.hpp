/// @file
/// Tells people that a command waits for the limit: without a word it would look as if it hung.
#pragma once

#include <iosfwd>
#include <memory>

#include <fathom/observer.hpp>

namespace fathom::cli {

/// @param out to outlive the client that is observed
[[nodiscard]] std::shared_ptr<Observer> wait_teller(std::ostream& out);

} // namespace fathom::cli
