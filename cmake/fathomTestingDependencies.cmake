# What a static fathom::testing is linked with; used by the build and by the installed package alike.
include(CMakeFindDependencyMacro)
find_dependency(SQLite3)
find_dependency(date CONFIG)
find_dependency(Threads)
