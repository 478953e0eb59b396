/// @file
/// Several transfers at once on one thread, by hand.
#pragma once

#include <curl/curl.h>

#include <string>
#include <vector>

#include "by_hand.hpp"

namespace fathom::benchmark::by_hand {

/// A multi handle of libcurl's with nothing around it: what one thread can do at most that moves all transfers.
class MultiHandle {
public:
    explicit MultiHandle(std::size_t in_flight) : multi_(curl_multi_init()), handles_(in_flight), bodies_(in_flight) {}
    MultiHandle(const MultiHandle&) = delete;
    MultiHandle& operator=(const MultiHandle&) = delete;
    ~MultiHandle() { curl_multi_cleanup(multi_); }

    /// Makes so many calls on each of its handles, one after the other; ends the program where anything fails.
    void get(const std::string& url, int calls_each);

private:
    void begin(std::size_t number, const std::string& url);

    CURLM* multi_;
    std::vector<EasyHandle> handles_;
    std::vector<std::string> bodies_;
};

} // namespace fathom::benchmark::by_hand
