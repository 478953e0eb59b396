# Installs the targets, the headers, the CMake package and the pkg-config file. Components: fathom_runtime,
# fathom_development, fathom_testing, fathom_redis, fathom_zones, fathom_module and fathom_cli.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(fathom_package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/fathom")

install(TARGETS fathom EXPORT fathomTargets
    RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT fathom_runtime
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT fathom_runtime
        NAMELINK_COMPONENT fathom_development
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT fathom_development
    INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
)
install(EXPORT fathomTargets NAMESPACE fathom:: DESTINATION ${fathom_package_dir} COMPONENT fathom_development)
# The same in the Common Package Specification (CPS), which other tools read too. Not of static libraries: these need libcurl
# and hiredis, which have no package that could be named there on every system. And only where it is asked for: CMake 4.3 and
# up take a CPS file first, and accept components without a word that it does not have.
if(FATHOM_INSTALL_CPS AND (CMAKE_VERSION VERSION_LESS 4.3 OR NOT BUILD_SHARED_LIBS))
    message(FATAL_ERROR "FATHOM_INSTALL_CPS needs CMake 4.3 and BUILD_SHARED_LIBS=ON.")
endif()
# fathom_install_package_info(<export> <argument>…)
function(fathom_install_package_info export)
    if(FATHOM_INSTALL_CPS)
        install(PACKAGE_INFO fathom EXPORT ${export} DEFAULT_LICENSE MIT ${ARGN})
    endif()
endfunction()
# Before 1.0 each minor version may change what programs rely on.
fathom_install_package_info(fathomTargets COMPONENT fathom_development LICENSE MIT DEFAULT_TARGETS fathom
    VERSION ${PROJECT_VERSION} VERSION_SCHEMA simple
    COMPAT_VERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR}.0
)
install(DIRECTORY include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT fathom_development
    FILES_MATCHING PATTERN "*.hpp"
    PATTERN testing EXCLUDE # comes with its target
    PATTERN redis EXCLUDE
    PATTERN zones EXCLUDE
    PATTERN linkage.hpp EXCLUDE # written below
)

# fathom_install_component(<name> <Name>): the library fathom::<name>, its headers and its part of the CMake package.
function(fathom_install_component name package_name)
    install(TARGETS fathom_${name} EXPORT fathom${package_name}Targets
        RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT fathom_${name}
        LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT fathom_${name}
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT fathom_${name}
        INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
    )
    install(EXPORT fathom${package_name}Targets NAMESPACE fathom::
        DESTINATION ${fathom_package_dir} COMPONENT fathom_${name}
    )
    fathom_install_package_info(fathom${package_name}Targets APPENDIX ${name} COMPONENT fathom_${name})
    install(FILES cmake/fathom${package_name}Dependencies.cmake
        DESTINATION ${fathom_package_dir} COMPONENT fathom_${name}
    )
    install(DIRECTORY include/fathom/${name} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/fathom COMPONENT fathom_${name}
        FILES_MATCHING PATTERN "*.hpp"
    )
endfunction()

if(FATHOM_BUILD_TESTING_LIBRARY)
    fathom_install_component(testing Testing)
    install(TARGETS fathom-emulator RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT fathom_testing)
endif()
if(FATHOM_BUILD_REDIS)
    fathom_install_component(redis Redis)
endif()
if(FATHOM_BUILD_ZONES)
    fathom_install_component(zones Zones)
endif()
if(FATHOM_BUILD_CLI)
    install(TARGETS fathom-cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT fathom_cli)
    if(NOT CMAKE_CROSSCOMPILING)
        set(made ${PROJECT_BINARY_DIR}/src/cli)
        install(FILES ${made}/fathom.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT fathom_cli)
        install(FILES ${made}/fathom.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
            RENAME fathom COMPONENT fathom_cli)
        install(FILES ${made}/_fathom DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions COMPONENT fathom_cli)
        install(FILES ${made}/fathom.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d
            COMPONENT fathom_cli)
    endif()
    install(FILES src/cli/exporter/grafana-dashboard.json DESTINATION ${CMAKE_INSTALL_DATADIR}/fathom COMPONENT fathom_cli)
    if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
        # Made as it is installed, since it names the folder of the program, which --prefix may have moved.
        set(fathom_unit "${PROJECT_BINARY_DIR}/fathom-exporter.service")
        install(CODE "
            get_filename_component(FATHOM_BIN_FOLDER \"${CMAKE_INSTALL_BINDIR}\" ABSOLUTE BASE_DIR \"\${CMAKE_INSTALL_PREFIX}\")
            configure_file(\"${PROJECT_SOURCE_DIR}/src/cli/exporter/fathom-exporter.service.in\" \"${fathom_unit}\" @ONLY)"
            COMPONENT fathom_cli)
        # systemd looks in lib, also where libraries are elsewhere.
        install(FILES "${fathom_unit}" DESTINATION lib/systemd/system COMPONENT fathom_cli)
    endif()
endif()
if(TARGET fathom_module)
    install(TARGETS fathom_module EXPORT fathomModuleTargets
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT fathom_module
        FILE_SET fathom_modules DESTINATION ${CMAKE_INSTALL_LIBDIR}/fathom COMPONENT fathom_module
        INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
    )
    install(EXPORT fathomModuleTargets NAMESPACE fathom:: DESTINATION ${fathom_package_dir} COMPONENT fathom_module
        CXX_MODULES_DIRECTORY module
    )
    fathom_install_package_info(fathomModuleTargets APPENDIX module COMPONENT fathom_module CXX_MODULES_DIRECTORY module)
endif()

get_target_property(fathom_type fathom TYPE)
if(fathom_type STREQUAL "SHARED_LIBRARY")
    set(fathom_is_shared 1)
else()
    set(fathom_is_shared 0)
endif()

# Programs and libraries find the shared ones beside them wherever the tree is put, unless the folders were given as fixed.
if(fathom_is_shared AND UNIX AND NOT CMAKE_INSTALL_RPATH)
    if(IS_ABSOLUTE "${CMAKE_INSTALL_LIBDIR}" OR IS_ABSOLUTE "${CMAKE_INSTALL_BINDIR}")
        set(fathom_libraries "${CMAKE_INSTALL_FULL_LIBDIR}")
        set(fathom_libraries_from_bin "${CMAKE_INSTALL_FULL_LIBDIR}")
    else()
        file(RELATIVE_PATH fathom_libraries_from_bin "/prefix/${CMAKE_INSTALL_BINDIR}" "/prefix/${CMAKE_INSTALL_LIBDIR}")
        if(APPLE)
            set(fathom_libraries "@loader_path")
        else()
            set(fathom_libraries "$ORIGIN")
        endif()
        string(PREPEND fathom_libraries_from_bin "${fathom_libraries}/")
    endif()
    foreach(target IN ITEMS fathom_redis fathom_testing fathom_zones)
        if(TARGET ${target})
            set_target_properties(${target} PROPERTIES INSTALL_RPATH "${fathom_libraries}")
        endif()
    endforeach()
    foreach(target IN ITEMS fathom-cli fathom-emulator)
        if(TARGET ${target})
            set_target_properties(${target} PROPERTIES INSTALL_RPATH "${fathom_libraries_from_bin}")
        endif()
    endforeach()
endif()
configure_file(cmake/linkage.hpp.in "${CMAKE_CURRENT_BINARY_DIR}/linkage.hpp" @ONLY)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/linkage.hpp"
    DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/fathom/detail
    COMPONENT fathom_development
)

configure_package_config_file(cmake/fathomConfig.cmake.in "${CMAKE_CURRENT_BINARY_DIR}/fathomConfig.cmake"
    INSTALL_DESTINATION ${fathom_package_dir}
)
# Before 1.0 each minor version may change what programs rely on.
write_basic_package_version_file("${CMAKE_CURRENT_BINARY_DIR}/fathomConfigVersion.cmake"
    COMPATIBILITY SameMinorVersion
)
install(
    FILES
        "${CMAKE_CURRENT_BINARY_DIR}/fathomConfig.cmake"
        "${CMAKE_CURRENT_BINARY_DIR}/fathomConfigVersion.cmake"
    DESTINATION ${fathom_package_dir}
    COMPONENT fathom_development
)

# The way up from the folder of fathom.pc, so that an installed tree can be moved; unless its folders were given as fixed.
if(IS_ABSOLUTE "${CMAKE_INSTALL_LIBDIR}" OR IS_ABSOLUTE "${CMAKE_INSTALL_INCLUDEDIR}")
    set(fathom_pc_prefix "${CMAKE_INSTALL_PREFIX}")
    set(fathom_pc_libdir "${CMAKE_INSTALL_FULL_LIBDIR}")
    set(fathom_pc_includedir "${CMAKE_INSTALL_FULL_INCLUDEDIR}")
else()
    file(RELATIVE_PATH fathom_pc_prefix "/prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/prefix")
    string(REGEX REPLACE "/$" "" fathom_pc_prefix "\${pcfiledir}/${fathom_pc_prefix}")
    set(fathom_pc_libdir "\${prefix}/${CMAKE_INSTALL_LIBDIR}")
    set(fathom_pc_includedir "\${prefix}/${CMAKE_INSTALL_INCLUDEDIR}")
endif()
set(fathom_pc_cflags "-I\${includedir} ${FATHOM_STOP_TOKEN_OPTION}")
set(fathom_pc_libs "-L\${libdir} -lfathom ${FATHOM_STOP_TOKEN_OPTION}")
set(fathom_pc_requires "")
if(NOT fathom_is_shared)
    # Not as Requires.private, which counts with --static alone: that would link a static libcurl with all it needs.
    set(fathom_pc_requires "libcurl >= 7.80")
    string(APPEND fathom_pc_libs " ${CMAKE_THREAD_LIBS_INIT}")
    if(WIN32)
        string(APPEND fathom_pc_libs " -lws2_32")
    endif()
endif()
set(fathom_redis_pc_requires "fathom = ${PROJECT_VERSION}")
set(fathom_testing_pc_requires "fathom = ${PROJECT_VERSION}")
set(fathom_zones_pc_libs "")
set(fathom_testing_pc_libs "")
if(NOT fathom_is_shared)
    string(APPEND fathom_redis_pc_requires ", hiredis")
    string(APPEND fathom_testing_pc_requires ", sqlite3")
    set(fathom_testing_pc_libs " -ldate-tz") # which has no file for pkg-config
    set(fathom_zones_pc_libs " -ldate-tz")
    if(FATHOM_REDIS_TLS)
        string(APPEND fathom_redis_pc_requires ", hiredis_ssl >= 1.0, libssl, libcrypto")
    endif()
endif()
configure_file(cmake/fathom.pc.in "${CMAKE_CURRENT_BINARY_DIR}/fathom.pc" @ONLY)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/fathom.pc"
    DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
    COMPONENT fathom_development
)
foreach(name IN ITEMS testing redis zones)
    if(TARGET fathom_${name})
        configure_file(cmake/fathom-${name}.pc.in "${CMAKE_CURRENT_BINARY_DIR}/fathom-${name}.pc" @ONLY)
        install(FILES "${CMAKE_CURRENT_BINARY_DIR}/fathom-${name}.pc"
            DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
            COMPONENT fathom_${name}
        )
    endif()
endforeach()
