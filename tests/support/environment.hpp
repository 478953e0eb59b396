/// @file
/// Variables of the environment, set by tests that have one thread.
#pragma once

#include <cstdlib>

namespace fathom {

#if defined(_WIN32)
inline constexpr bool names_of_variables_have_case = false;
#else
inline constexpr bool names_of_variables_have_case = true;
#endif

// NOLINTBEGIN(concurrency-mt-unsafe)

/// @param value on Windows not empty: there is no variable without a value
inline void set_variable(const char* name, const char* value) {
#if defined(_WIN32)
    ::_putenv_s(name, value);
#else
    ::setenv(name, value, 1);
#endif
}

inline void unset_variable(const char* name) {
#if defined(_WIN32)
    ::_putenv_s(name, "");
#else
    ::unsetenv(name);
#endif
}

// NOLINTEND(concurrency-mt-unsafe)

} // namespace fathom
