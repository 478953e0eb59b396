# What fathom::redis needs, as fathom::hiredis: from hiredis's own package, which came with hiredis 1.0, or by pkg-config;
# and for TLS its library hiredis_ssl, and OpenSSL. Used by the build and by the installed package alike.
if(NOT TARGET fathom::hiredis)
    add_library(fathom::hiredis INTERFACE IMPORTED GLOBAL)
    if(FATHOM_REDIS_TLS)
        find_package(PkgConfig REQUIRED)
        pkg_check_modules(fathom_hiredis REQUIRED IMPORTED_TARGET GLOBAL hiredis)
        pkg_check_modules(fathom_hiredis_ssl REQUIRED IMPORTED_TARGET GLOBAL "hiredis_ssl>=1.0")
        find_package(OpenSSL REQUIRED)
        # In this order: hiredis_ssl uses the two behind it.
        set_target_properties(fathom::hiredis PROPERTIES
            INTERFACE_LINK_LIBRARIES "PkgConfig::fathom_hiredis_ssl;PkgConfig::fathom_hiredis;OpenSSL::SSL")
    else()
        find_package(hiredis CONFIG QUIET)
        if(hiredis_FOUND)
            set_target_properties(fathom::hiredis PROPERTIES INTERFACE_LINK_LIBRARIES hiredis::hiredis)
        else()
            find_package(PkgConfig REQUIRED)
            pkg_check_modules(fathom_hiredis REQUIRED IMPORTED_TARGET GLOBAL hiredis)
            set_target_properties(fathom::hiredis PROPERTIES INTERFACE_LINK_LIBRARIES PkgConfig::fathom_hiredis)
        endif()
    endif()
endif()
