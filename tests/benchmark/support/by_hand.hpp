/// @file
/// The same work as programs do it without an SDK: libcurl and nlohmann's JSON library by hand.
#pragma once

#include <curl/curl.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fathom::benchmark::by_hand {

/// A libcurl easy handle that is kept, so that its connection is too.
class EasyHandle {
public:
    EasyHandle();
    EasyHandle(const EasyHandle&) = delete;
    EasyHandle& operator=(const EasyHandle&) = delete;
    ~EasyHandle();

    /// Trusts these authorities in place of the system's.
    void trust(const std::string& ca_file) { curl_easy_setopt(easy_, CURLOPT_CAINFO, ca_file.c_str()); }

    /// Trusts the system's authorities, but looks them up in their folder alone, each by the hash of its name.
    void trust_system_folder();

    /// The body; ends the program where anything fails.
    [[nodiscard]] std::string get(const std::string& url);
    /// Sets it up for a GET whose body is appended there.
    CURL* prepare(const std::string& url, std::string& body);

private:
    CURL* easy_;
    curl_slist* headers_;
};

/// What most programs do: a handle for each call.
[[nodiscard]] std::string get_with_new_handle(const std::string& url);

/// A site as such a program has it: times are left as text.
struct Site {
    std::string id;
    std::string name;
    std::string sharing;
    std::string created_at;
};
void from_json(const nlohmann::json& json, Site& site);
[[nodiscard]] std::vector<Site> decode_sites(std::string_view body);

/// A row of a report with the same members as fathom::PageviewRow; its date is left as text.
struct Row {
    std::string date;
    std::int64_t visits = 0;
    std::int64_t uniques = 0;
    std::int64_t pageviews = 0;
    double avg_duration = 0;
    double bounce_rate = 0;
    std::string pathname;
};
void from_json(const nlohmann::json& json, Row& row);
[[nodiscard]] std::vector<Row> decode_rows(std::string_view body);

} // namespace fathom::benchmark::by_hand
