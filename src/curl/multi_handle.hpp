/// @file
/// A multi handle of libcurl's that cleans up after itself.
#pragma once

#include <curl/curl.h>

#include <memory>

namespace fathom::detail::curl {

struct MultiDeleter {
    void operator()(CURLM* multi) const noexcept { curl_multi_cleanup(multi); }
};

using MultiHandle = std::unique_ptr<CURLM, MultiDeleter>;

} // namespace fathom::detail::curl
