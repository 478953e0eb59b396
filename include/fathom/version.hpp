/// @file
/// The version of the library; the build reads it from here too.
#pragma once

#include <fathom/detail/language.hpp>

/// A typed client for the Fathom Analytics REST API.
namespace fathom::inline v0_2 {

/// Major version: changes when a program must be changed to go on compiling.
inline constexpr int version_major = 0;
/// Minor version: changes when something is added; before 1.0 when a program must be changed.
inline constexpr int version_minor = 2;
/// Patch version: changes when something is fixed; before 1.0 also when something is added.
inline constexpr int version_patch = 0;
/// The version as text, as sent in the User-Agent header.
inline constexpr const char* version = "0.2.0";

} // namespace fathom::inline v0_2
