# What a static fathom::testing is linked with; used by the build and by the installed package alike.
include(CMakeFindDependencyMacro)
find_dependency(SQLite3)
find_dependency(date CONFIG)
find_dependency(Threads)

# cpp-httplib from its own package, or from a pkg-config file, which leaves out OpenSSL. One name for both, so that a
# package that was built with the one can be used with the other.
if(NOT TARGET fathom::httplib)
    find_package(httplib CONFIG QUIET)
    if(httplib_FOUND)
        add_library(fathom::httplib INTERFACE IMPORTED GLOBAL)
        set_target_properties(fathom::httplib PROPERTIES INTERFACE_LINK_LIBRARIES httplib::httplib)
    else()
        find_dependency(PkgConfig)
        find_dependency(OpenSSL)
        pkg_check_modules(HTTPLIB REQUIRED IMPORTED_TARGET cpp-httplib)
        add_library(fathom::httplib INTERFACE IMPORTED GLOBAL)
        set_target_properties(fathom::httplib PROPERTIES
            INTERFACE_LINK_LIBRARIES "PkgConfig::HTTPLIB;OpenSSL::SSL;OpenSSL::Crypto")
    endif()
endif()
