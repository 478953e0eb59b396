// The same by hand, but for all that can go wrong: one page, no limit, no retry.
#include <curl/curl.h>

#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

int main() {
    std::string body;
    CURL* const easy = curl_easy_init();
    const std::string key = "Authorization: Bearer " + std::string(std::getenv("FATHOM_API_KEY"));
    curl_slist* headers = curl_slist_append(nullptr, key.c_str());
    headers = curl_slist_append(headers, "Accept: application/json");
    curl_easy_setopt(easy, CURLOPT_URL, "https://api.usefathom.com/v1/sites?limit=100");
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(
        easy, CURLOPT_WRITEFUNCTION, +[](char* data, std::size_t size, std::size_t count, std::string* to) {
            to->append(data, size * count);
            return size * count;
        });
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &body);
    const CURLcode code = curl_easy_perform(easy);
    curl_easy_cleanup(easy);
    curl_slist_free_all(headers);
    if (code != CURLE_OK) {
        std::cerr << curl_easy_strerror(code) << '\n';
        return 1;
    }
    const nlohmann::json answer = nlohmann::json::parse(body);
    for (const auto& site : answer.at("data")) std::cout << site.at("name").get<std::string>() << '\n';
}
