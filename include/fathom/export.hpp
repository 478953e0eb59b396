/// @file
/// Marks what a shared library shows to its users.
#pragma once

#if defined(FATHOM_STATIC)
#define FATHOM_EXPORT
#elif defined(_WIN32)
#if defined(FATHOM_BUILDING)
#define FATHOM_EXPORT __declspec(dllexport)
#else
#define FATHOM_EXPORT __declspec(dllimport)
#endif
#else
#define FATHOM_EXPORT __attribute__((visibility("default")))
#endif
