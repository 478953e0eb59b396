# What a static fathom::testing is linked with; used by the build and by the installed package alike.
include(CMakeFindDependencyMacro)
find_dependency(SQLite3)
find_dependency(date CONFIG)
find_dependency(Threads)
# CMake 4.3 gave SQLite's target another name, and warns of the old one.
if(NOT TARGET fathom::sqlite3)
    add_library(fathom::sqlite3 INTERFACE IMPORTED GLOBAL)
    if(TARGET SQLite3::SQLite3)
        set_target_properties(fathom::sqlite3 PROPERTIES INTERFACE_LINK_LIBRARIES SQLite3::SQLite3)
    else()
        set_target_properties(fathom::sqlite3 PROPERTIES INTERFACE_LINK_LIBRARIES SQLite::SQLite3)
    endif()
endif()
