# What fathom::redis needs: hiredis, by pkg-config; and for TLS its library hiredis_ssl, and OpenSSL.
find_package(PkgConfig REQUIRED)
pkg_check_modules(fathom_hiredis REQUIRED IMPORTED_TARGET GLOBAL hiredis)
if(FATHOM_REDIS_TLS)
    pkg_check_modules(fathom_hiredis_ssl REQUIRED IMPORTED_TARGET GLOBAL "hiredis_ssl>=1.0")
    find_package(OpenSSL REQUIRED)
endif()
