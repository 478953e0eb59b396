get_filename_component(SOURCE_PATH "${CURRENT_PORT_DIR}/../.." ABSOLUTE)

vcpkg_check_features(OUT_FEATURE_OPTIONS FEATURE_OPTIONS
    FEATURES
        cli     FATHOM_BUILD_CLI
        redis   FATHOM_BUILD_REDIS
        testing FATHOM_BUILD_TESTING_LIBRARY
        zones   FATHOM_BUILD_ZONES
)

vcpkg_cmake_configure(
    SOURCE_PATH "${SOURCE_PATH}"
    OPTIONS
        ${FEATURE_OPTIONS}
        -DFATHOM_CLI_EXPORTER=ON
        -DFATHOM_CLI_SCREEN=OFF
        -DFATHOM_CLI_SQLITE=ON
        -DFATHOM_BUILD_EXAMPLES=OFF
        -DFATHOM_BUILD_TESTS=OFF
        -DFATHOM_REDIS_TLS=OFF
)
vcpkg_cmake_install()
vcpkg_cmake_config_fixup(PACKAGE_NAME fathom CONFIG_PATH lib/cmake/fathom)
vcpkg_fixup_pkgconfig()
if("cli" IN_LIST FEATURES)
    vcpkg_copy_tools(TOOL_NAMES fathom AUTO_CLEAN)
endif()
if("testing" IN_LIST FEATURES)
    vcpkg_copy_tools(TOOL_NAMES fathom-emulator AUTO_CLEAN)
endif()

file(REMOVE_RECURSE "${CURRENT_PACKAGES_DIR}/debug/include" "${CURRENT_PACKAGES_DIR}/debug/share")
# What a system, and not a package of vcpkg, has a place for: a unit, a manual page, what shells complete.
file(REMOVE_RECURSE
    "${CURRENT_PACKAGES_DIR}/debug/lib/systemd"
    "${CURRENT_PACKAGES_DIR}/lib/systemd"
    "${CURRENT_PACKAGES_DIR}/share/bash-completion"
    "${CURRENT_PACKAGES_DIR}/share/fish"
    "${CURRENT_PACKAGES_DIR}/share/man"
    "${CURRENT_PACKAGES_DIR}/share/zsh"
)

file(INSTALL "${CURRENT_PORT_DIR}/usage" DESTINATION "${CURRENT_PACKAGES_DIR}/share/${PORT}")
vcpkg_install_copyright(FILE_LIST "${SOURCE_PATH}/LICENSE")
