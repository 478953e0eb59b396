/// @file
/// What the headers need of the compiler. It comes before all else that it could stumble over, so that its first error is
/// this one.
#pragma once

#if defined(_MSVC_LANG)
#define FATHOM_LANGUAGE _MSVC_LANG
#else
#define FATHOM_LANGUAGE __cplusplus
#endif
#if FATHOM_LANGUAGE < 202002L
#error "fathom needs C++20: compile with -std=c++20 (/std:c++20 with MSVC), by g++ 11, clang 15 or newer"
#endif
#undef FATHOM_LANGUAGE
