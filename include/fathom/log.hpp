/// @file
/// A log of what a client does, a line for each event.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <memory>
#include <string_view>

#include <fathom/export.hpp>
#include <fathom/observer.hpp>

namespace fathom::inline v0_2 {

/// How much a log tells.
enum class LogLevel : std::uint8_t {
    info,  ///< How each call ended, waits for the limit, what the service sends that this version does not know.
    debug, ///< Each attempt and each retry, too.
};

/// The level as the environment variable `FATHOM_LOG` spells it.
[[nodiscard]] FATHOM_EXPORT std::string_view to_string(LogLevel level) noexcept;

/// An observer that writes lines such as `fathom call=3 op=getSite GET /sites/CDBUGS status=200 attempts=1 ms=41`. Lines hold
/// no key, no header, no body and no query of a URL, which may have what visitors or users wrote.
///
/// Without a line of code, the environment variable `FATHOM_LOG` (`info` or `debug`) gives each client one that writes to the
/// standard error stream, before ClientOptions::observer is told. As with any observer, each answer is then read twice.
/// @param out must outlive the clients that use it; each line is one write
/// @param next is told the same; may be null
[[nodiscard]] FATHOM_EXPORT std::shared_ptr<Observer> log_observer(std::ostream& out, LogLevel level,
                                                                   std::shared_ptr<Observer> next = {});

} // namespace fathom::inline v0_2
