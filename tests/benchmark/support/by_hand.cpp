#include "by_hand.hpp"

#include <charconv>
#include <cstdio>
#include <cstdlib>

namespace fathom::benchmark::by_hand {

namespace {

std::size_t append(char* data, std::size_t size, std::size_t count, void* body) {
    static_cast<std::string*>(body)->append(data, size * count);
    return size * count;
}

/// A number that may come as text.
template <class Number>
Number number(const nlohmann::json& json) {
    if (!json.is_string()) return json.get<Number>();
    const auto& digits = json.get_ref<const std::string&>();
    Number value{};
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

} // namespace

EasyHandle::EasyHandle() : easy_(curl_easy_init()), headers_(nullptr) {
    headers_ = curl_slist_append(headers_, "Authorization: Bearer benchmark");
    headers_ = curl_slist_append(headers_, "Accept: application/json");
    curl_easy_setopt(easy_, CURLOPT_HTTPHEADER, headers_);
    curl_easy_setopt(easy_, CURLOPT_WRITEFUNCTION, append);
    curl_easy_setopt(easy_, CURLOPT_TIMEOUT_MS, 60'000L);
}

EasyHandle::~EasyHandle() {
    curl_easy_cleanup(easy_);
    curl_slist_free_all(headers_);
}

void EasyHandle::trust_system_folder() {
    curl_easy_setopt(easy_, CURLOPT_CAINFO, nullptr);
    curl_easy_setopt(easy_, CURLOPT_CAPATH, "/etc/ssl/certs");
}

CURL* EasyHandle::prepare(const std::string& url, std::string& body) {
    curl_easy_setopt(easy_, CURLOPT_URL, url.c_str());
    curl_easy_setopt(easy_, CURLOPT_WRITEDATA, &body);
    return easy_;
}

std::string EasyHandle::get(const std::string& url) {
    std::string body;
    const CURLcode code = curl_easy_perform(prepare(url, body));
    long status = 0;
    curl_easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status);
    if (code != CURLE_OK || status != 200) {
        std::fprintf(stderr, "%s: %s, status %ld\n", url.c_str(), curl_easy_strerror(code), status);
        std::exit(1); // NOLINT(concurrency-mt-unsafe): a benchmark that fails has nothing to clean up
    }
    return body;
}

std::string get_with_new_handle(const std::string& url) { return EasyHandle().get(url); }

void from_json(const nlohmann::json& json, Site& site) {
    json.at("id").get_to(site.id);
    json.at("name").get_to(site.name);
    json.at("sharing").get_to(site.sharing);
    json.at("created_at").get_to(site.created_at);
}

std::vector<Site> decode_sites(std::string_view body) {
    return nlohmann::json::parse(body).at("data").get<std::vector<Site>>();
}

void from_json(const nlohmann::json& json, Row& row) {
    json.at("date").get_to(row.date);
    row.visits = number<std::int64_t>(json.at("visits"));
    row.uniques = number<std::int64_t>(json.at("uniques"));
    row.pageviews = number<std::int64_t>(json.at("pageviews"));
    row.avg_duration = number<double>(json.at("avg_duration"));
    row.bounce_rate = number<double>(json.at("bounce_rate"));
    json.at("pathname").get_to(row.pathname);
}

std::vector<Row> decode_rows(std::string_view body) { return nlohmann::json::parse(body).get<std::vector<Row>>(); }

} // namespace fathom::benchmark::by_hand
