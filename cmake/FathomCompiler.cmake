# What all targets of the project are compiled with: fathom_compile(<target>).
include(CheckCXXSourceCompiles)

# std::stop_token is in every standard library of C++20, but libc++ shows it only to those who ask for experiments.
function(fathom_find_stop_token result)
    set(CMAKE_CXX_STANDARD 20)
    set(CMAKE_CXX_STANDARD_REQUIRED ON)
    set(CMAKE_REQUIRED_LIBRARIES Threads::Threads)
    set(program "#include <stop_token>\nint main() { return std::stop_source{}.get_token().stop_requested() ? 1 : 0; }")
    check_cxx_source_compiles("${program}" FATHOM_HAS_STOP_TOKEN)
    if(FATHOM_HAS_STOP_TOKEN)
        set(${result} "" PARENT_SCOPE)
        return()
    endif()
    set(CMAKE_REQUIRED_FLAGS "-fexperimental-library")
    check_cxx_source_compiles("${program}" FATHOM_HAS_EXPERIMENTAL_STOP_TOKEN)
    if(NOT FATHOM_HAS_EXPERIMENTAL_STOP_TOKEN)
        message(FATAL_ERROR "fathom needs a C++20 compiler with <stop_token>: g++ 11, clang 17 with libc++, or newer")
    endif()
    set(${result} "-fexperimental-library" PARENT_SCOPE)
endfunction()

fathom_find_stop_token(FATHOM_STOP_TOKEN_OPTION)

# The rules of time zones are in newer standard libraries only.
function(fathom_find_time_zones)
    set(CMAKE_CXX_STANDARD 20)
    set(CMAKE_CXX_STANDARD_REQUIRED ON)
    set(CMAKE_REQUIRED_FLAGS "${FATHOM_STOP_TOKEN_OPTION}")
    check_cxx_source_compiles("
        #include <chrono>
        int main() { return std::chrono::locate_zone(\"UTC\")->get_info(std::chrono::sys_seconds{}).offset.count() != 0; }"
        FATHOM_HAS_TZDB)
endfunction()

fathom_find_time_zones()

add_library(fathom_warnings INTERFACE)
if(CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang")
    target_compile_options(fathom_warnings INTERFACE
        -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast -Wnon-virtual-dtor
        -Woverloaded-virtual -Wcast-align -Wunused -Wformat=2
        # Designated initializers leave out what has a default; that is what the option structs are for.
        -Wno-missing-field-initializers
        # Optimizing, g++ sees members of an aggregate destroyed that were never made, where a later initializer throws.
        $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>
        # g++ 12 sees overlaps and endless copies in "a" + std::string{} that are not there (GCC bug 105651).
        "$<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict;-Wno-stringop-overflow;-Wno-array-bounds>"
        # Files that are read as one see each other's names, and are none of them the main one.
        $<$<BOOL:$<TARGET_PROPERTY:UNITY_BUILD>>:-Wno-shadow>
        $<$<AND:$<BOOL:$<TARGET_PROPERTY:UNITY_BUILD>>,$<CXX_COMPILER_ID:GNU>>:-Wno-subobject-linkage>
        # The locks that src/loop/mutex.hpp describes.
        $<$<CXX_COMPILER_ID:Clang,AppleClang>:-Wthread-safety>
        $<$<BOOL:${FATHOM_WARNINGS_AS_ERRORS}>:-Werror>
    )
elseif(MSVC)
    target_compile_options(fathom_warnings INTERFACE /W4 $<$<BOOL:${FATHOM_WARNINGS_AS_ERRORS}>:/WX>)
endif()

# The project's language and, for the project itself, its warnings.
function(fathom_compile target)
    target_compile_features(${target} PUBLIC cxx_std_20)
    set_target_properties(${target} PROPERTIES
        CXX_EXTENSIONS OFF
        CXX_VISIBILITY_PRESET hidden
        VISIBILITY_INLINES_HIDDEN ON
        CXX_SCAN_FOR_MODULES OFF # nothing of ours imports one
    )
    # A static library, too, may end up in a shared one: a plug-in, or a module for Python.
    get_target_property(type ${target} TYPE)
    if(type MATCHES "^(STATIC|SHARED)_LIBRARY$" AND NOT DEFINED CMAKE_POSITION_INDEPENDENT_CODE)
        set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE ON)
    endif()
    if(type STREQUAL "SHARED_LIBRARY" AND UNIX AND NOT APPLE)
        set(exports ${PROJECT_SOURCE_DIR}/cmake/fathom_exports.map)
        target_link_options(${target} PRIVATE "LINKER:--version-script=${exports}")
        set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS ${exports})
    endif()
    # A library with a symbol that is unique in the process cannot be unloaded.
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        target_compile_options(${target} PRIVATE -fno-gnu-unique)
    endif()
    # The headers of Windows define min() and max() as macros otherwise.
    target_compile_definitions(${target} PRIVATE $<$<PLATFORM_ID:Windows>:NOMINMAX> $<$<PLATFORM_ID:Windows>:WIN32_LEAN_AND_MEAN>)
    # A program that links with --gc-sections then holds the functions that it uses, not the whole files they stand in.
    target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU,Clang,AppleClang>:-ffunction-sections;-fdata-sections>)
    if(fathom_is_top_level)
        target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:fathom_warnings>)
    endif()
endfunction()

# fathom_component(<name>): fathom_<name>, which has its sources, is the library fathom::<name> beside fathom::fathom.
function(fathom_component name)
    add_library(fathom::${name} ALIAS fathom_${name})
    fathom_compile(fathom_${name})
    set_target_properties(fathom_${name} PROPERTIES
        EXPORT_NAME ${name}
        VERSION ${PROJECT_VERSION}
        SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR}
    )
    target_include_directories(fathom_${name} PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>)
    target_link_libraries(fathom_${name} PUBLIC fathom::fathom)
endfunction()

# fathom_compile_parser(<target> <source>…): for files that run nlohmann's parser, which calls a function for each character.
# With -O2, as Linux distributions build, g++ puts fewer functions in place of their calls than with -O3, and not that one. It
# also adds to two counters of the parser at once, in a register for vectors, where each addition waits for the one before to
# be stored. Other compilers do neither.
function(fathom_compile_parser target)
    set(options
        --param=max-inline-insns-single=200
        -fno-tree-slp-vectorize
    )
    set_source_files_properties(${ARGN} TARGET_DIRECTORY ${target} PROPERTIES
        COMPILE_OPTIONS "$<$<CXX_COMPILER_ID:GNU>:${options}>")
endfunction()
