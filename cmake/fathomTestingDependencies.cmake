# What a static fathom::testing is linked with; used by the build and by the installed package alike, which find in
# fathom_missing what is not there.
find_package(SQLite3 QUIET)
find_package(date CONFIG QUIET)
find_package(Threads QUIET)
# CMake 4.3 gave SQLite's target another name, and warns of the old one.
if(NOT SQLite3_FOUND)
    set(fathom_missing "fathom::testing needs SQLite, which is not found.")
elseif(NOT date_FOUND)
    set(fathom_missing "fathom::testing needs Howard Hinnant's date library, which is not found.")
elseif(NOT TARGET fathom::sqlite3)
    add_library(fathom::sqlite3 INTERFACE IMPORTED GLOBAL)
    if(TARGET SQLite3::SQLite3)
        set_target_properties(fathom::sqlite3 PROPERTIES INTERFACE_LINK_LIBRARIES SQLite3::SQLite3)
    else()
        set_target_properties(fathom::sqlite3 PROPERTIES INTERFACE_LINK_LIBRARIES SQLite::SQLite3)
    endif()
endif()
