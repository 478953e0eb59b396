#include "cpprest_client.hpp"

#include <cpprest/http_client.h>

namespace fathom::benchmark {

struct CpprestClient::State {
    web::http::client::http_client client;
};

CpprestClient::CpprestClient(const std::string& base_url)
    : state_(std::make_unique<State>(State{web::http::client::http_client(base_url)})) {}

CpprestClient::~CpprestClient() = default;

std::vector<by_hand::Site> CpprestClient::sites() {
    web::http::http_request request(web::http::methods::GET);
    request.set_request_uri("/sites?limit=100");
    request.headers().add("Authorization", "Bearer benchmark");
    request.headers().add("Accept", "application/json");
    const web::json::value answer = state_->client.request(request).get().extract_json().get();
    std::vector<by_hand::Site> sites;
    for (const web::json::value& site : answer.at("data").as_array()) {
        sites.push_back({site.at("id").as_string(), site.at("name").as_string(), site.at("sharing").as_string(),
                         site.at("created_at").as_string()});
    }
    return sites;
}

} // namespace fathom::benchmark
