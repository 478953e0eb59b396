# What a static fathom::zones is linked with; used by the build and by the installed package alike, which find in
# fathom_missing what is not there.
find_package(date CONFIG QUIET)
if(NOT date_FOUND)
    set(fathom_missing "fathom::zones needs Howard Hinnant's date library, which is not found.")
endif()
