# What fathom::redis needs: hiredis, by pkg-config.
find_package(PkgConfig REQUIRED)
pkg_check_modules(fathom_hiredis REQUIRED IMPORTED_TARGET GLOBAL hiredis)
