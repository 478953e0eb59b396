# cpp-httplib, for tests and benchmarks: from its own package, or from a pkg-config file, which leaves out OpenSSL. One name
# for both.
if(NOT TARGET fathom::httplib)
    find_package(httplib CONFIG QUIET)
    if(httplib_FOUND)
        add_library(fathom::httplib INTERFACE IMPORTED GLOBAL)
        set_target_properties(fathom::httplib PROPERTIES INTERFACE_LINK_LIBRARIES httplib::httplib)
    else()
        find_package(PkgConfig REQUIRED)
        find_package(OpenSSL REQUIRED)
        pkg_check_modules(HTTPLIB REQUIRED IMPORTED_TARGET cpp-httplib)
        add_library(fathom::httplib INTERFACE IMPORTED GLOBAL)
        set_target_properties(fathom::httplib PROPERTIES
            INTERFACE_LINK_LIBRARIES "PkgConfig::HTTPLIB;OpenSSL::SSL;OpenSSL::Crypto")
    endif()
endif()
