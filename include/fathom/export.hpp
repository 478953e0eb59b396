/// @file
/// Marks what each of the shared libraries shows to its users.
#pragma once

#include <fathom/detail/language.hpp>
#include <fathom/detail/linkage.hpp>

// libstdc++'s debug mode has containers of another layout. Programs with it get a linker error from a library without it,
// which names the mode, in place of wrong answers.
#if defined(_GLIBCXX_DEBUG)
#define FATHOM_ABI __attribute__((abi_tag("glibcxx_debug")))
#else
#define FATHOM_ABI
#endif

#if FATHOM_IS_SHARED && defined(_WIN32)
#define FATHOM_SHOWN __declspec(dllexport)
#define FATHOM_USED __declspec(dllimport)
#elif FATHOM_IS_SHARED
#define FATHOM_SHOWN __attribute__((visibility("default")))
#define FATHOM_USED FATHOM_SHOWN
#else
#define FATHOM_SHOWN
#define FATHOM_USED
#endif

// CMake defines <library>_EXPORTS where it compiles that shared library.
#if defined(fathom_EXPORTS)
#define FATHOM_EXPORT FATHOM_SHOWN FATHOM_ABI
#else
#define FATHOM_EXPORT FATHOM_USED FATHOM_ABI
#endif

#if defined(fathom_testing_EXPORTS)
#define FATHOM_TESTING_EXPORT FATHOM_SHOWN FATHOM_ABI
#else
#define FATHOM_TESTING_EXPORT FATHOM_USED FATHOM_ABI
#endif

#if defined(fathom_redis_EXPORTS)
#define FATHOM_REDIS_EXPORT FATHOM_SHOWN FATHOM_ABI
#else
#define FATHOM_REDIS_EXPORT FATHOM_USED FATHOM_ABI
#endif

#if defined(fathom_zones_EXPORTS)
#define FATHOM_ZONES_EXPORT FATHOM_SHOWN FATHOM_ABI
#else
#define FATHOM_ZONES_EXPORT FATHOM_USED FATHOM_ABI
#endif
