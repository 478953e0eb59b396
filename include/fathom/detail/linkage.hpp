/// @file
/// Whether the libraries are shared: FATHOM_IS_SHARED. Within a build of the sources the build defines it. CMake installs
/// another file in place of this one, which holds the answer, so that programs need no macro.
#pragma once

#if !defined(FATHOM_IS_SHARED)
#define FATHOM_IS_SHARED 0
#endif
