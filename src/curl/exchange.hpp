/// @file
/// One request and its answer on a libcurl easy handle that is used again and again.
#pragma once

#include <curl/curl.h>

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include <fathom/http.hpp>
#include <fathom/transport.hpp>

#include "library.hpp"
#include "request_url.hpp"

namespace fathom::detail::curl {

/// An easy handle with its buffers. Options that are the same for all requests are set once.
class Exchange {
public:
    Exchange(const ConnectionOptions& options, const Authorities& authorities);
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;

    [[nodiscard]] CURL* handle() const noexcept { return easy_.get(); }
    [[nodiscard]] TransferId id() const noexcept { return id_; }
    /// Whether a connection was there for the request, so that the server may have got it.
    [[nodiscard]] bool may_have_been_sent() const noexcept { return times_sent_ > 0; }

    [[nodiscard]] bool trusts_only_file() const noexcept { return authorities_.folder.empty(); }
    /// Changes who may vouch for the server.
    void trust(const Authorities& authorities);
    /// Gets ready for a request; its body must live until the exchange has ended.
    void prepare(TransferId id, const HttpRequest& request);
    /// What came of it.
    [[nodiscard]] Transfer conclude(CURLcode code);

private:
    void set_method(HttpMethod method);
    void set_headers(const std::shared_ptr<const std::vector<HttpHeader>>& headers);
    [[nodiscard]] TransportError failure_of(CURLcode code) const;

    std::size_t take_body(const char* data, std::size_t size);
    void take_header(std::string_view line);

    static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);
    static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);
    static int before_request(void* self, char* ip, char* local_ip, int port, int local_port);

    struct HandleDeleter {
        void operator()(CURL* easy) const noexcept { curl_easy_cleanup(easy); }
    };
    struct ListDeleter {
        void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
    };

    RequestUrl url_{};
    std::unique_ptr<CURL, HandleDeleter> easy_;
    std::unique_ptr<curl_slist, ListDeleter> header_list_{};
    std::shared_ptr<const std::vector<HttpHeader>> headers_{}; // what header_list_ was made of
    std::array<char, CURL_ERROR_SIZE> message_{};
    const std::size_t max_response_bytes_;
    Authorities authorities_;

    TransferId id_ = 0;
    std::string request_body_{};
    HttpResponse response_{};
    int times_sent_ = 0;
    bool is_too_large_ = false;
    bool was_cut_off_ = false; ///< libcurl wanted to send the request a second time.
};

} // namespace fathom::detail::curl
