# What a static fathom::zones is linked with; used by the build and by the installed package alike.
include(CMakeFindDependencyMacro)
find_dependency(date CONFIG)
