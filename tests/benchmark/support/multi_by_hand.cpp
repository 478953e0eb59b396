#include "multi_by_hand.hpp"

#include <cstdlib>

namespace fathom::benchmark::by_hand {

void MultiHandle::begin(std::size_t number, const std::string& url) {
    bodies_[number].clear();
    CURL* const easy = handles_[number].prepare(url, bodies_[number]);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, reinterpret_cast<char*>(number)); // NOLINT: libcurl keeps a pointer
    curl_multi_add_handle(multi_, easy);
}

void MultiHandle::get(const std::string& url, int calls_each) {
    std::vector<int> left(handles_.size(), calls_each);
    for (std::size_t number = 0; number < handles_.size(); ++number) begin(number, url);
    for (int running = 1; running > 0;) {
        curl_multi_perform(multi_, &running);
        int messages = 0;
        while (const CURLMsg* message = curl_multi_info_read(multi_, &messages)) {
            if (message->data.result != CURLE_OK) std::abort();
            CURL* const easy = message->easy_handle;
            char* number = nullptr;
            curl_easy_getinfo(easy, CURLINFO_PRIVATE, &number);
            curl_multi_remove_handle(multi_, easy);
            const auto which = reinterpret_cast<std::size_t>(number); // NOLINT: see begin()
            if (--left[which] > 0) {
                begin(which, url);
                running = 1;
            }
        }
        if (running > 0) curl_multi_poll(multi_, nullptr, 0, 1000, nullptr);
    }
}

} // namespace fathom::benchmark::by_hand
