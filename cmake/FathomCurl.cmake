# CURL::libcurl, from libcurl's own package or from CMake's module, which says the version under another name. libcurl's
# package calls version 8 incompatible with a request for version 7, so the version is compared here.
# A project that brings libcurl itself has the target already; its version is that project's affair.
if(TARGET CURL::libcurl)
    return()
endif()
find_package(CURL REQUIRED)
if(NOT CURL_VERSION)
    set(CURL_VERSION "${CURL_VERSION_STRING}")
endif()
# CURLOPT_PREREQFUNCTION, without which libcurl may send a request twice unnoticed, came with 7.80.
if(CURL_VERSION VERSION_LESS 7.80)
    message(FATAL_ERROR "fathom needs libcurl 7.80 or newer; this is ${CURL_VERSION}")
endif()
