/// @file
/// What the environment says of the connection, and of a log.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <fathom/observer.hpp>
#include <fathom/result.hpp>

namespace fathom::detail {

/// The proxies that the variables name which libcurl reads.
[[nodiscard]] std::vector<std::string> proxies_from_env();

/// The observer with a log to the standard error stream before it.
/// @param level `info`, `debug`, or empty for no log
/// @return ErrorKind::invalid_argument for any other level
[[nodiscard]] Result<std::shared_ptr<Observer>> with_log(std::string_view level, std::shared_ptr<Observer> observer);
/// The file in the variable `FATHOM_RECORD`; empty where it is not set.
[[nodiscard]] std::string recording_from_env();
/// The level in the variable `FATHOM_LOG`; empty where it is not set.
[[nodiscard]] std::string log_level_from_env();

} // namespace fathom::detail
