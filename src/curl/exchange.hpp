/// @file
/// One request and its answer on a libcurl easy handle that is used again and again.
#pragma once

#include <curl/curl.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fathom/http.hpp>
#include <fathom/transport.hpp>

#include "authorities.hpp"
#include "library.hpp"
#include "open_sockets.hpp"
#include "pool.hpp"
#include "url_parts.hpp"

namespace fathom::detail::curl {

/// An easy handle with its buffers. Options that are the same for all requests are set once.
class Exchange {
public:
    using Clock = Transport::Clock;

    /// @param sockets those that the connections are made of
    Exchange(const ConnectionOptions& options, const Authorities& authorities, OpenSockets& sockets);
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;

    [[nodiscard]] TransferId id() const noexcept { return id_; }
    /// Whether a connection was there for the request, so that the server may have got it.
    [[nodiscard]] bool may_have_been_sent() const noexcept { return course_.times_sent > 0 && !course_.is_refused; }

    /// Whether the request went out at most once, without libcurl's beginning anew.
    [[nodiscard]] bool was_sent_once() const noexcept { return course_.times_sent <= 1 && !course_.was_cut_off; }

    [[nodiscard]] bool trusts_only_file() const noexcept { return authorities_.folder.empty(); }
    /// Changes who may vouch for the server.
    void trust(const Authorities& authorities);
    /// Gets ready for a request. @param http_version as CURLOPT_HTTP_VERSION takes it
    void prepare(TransferId id, const HttpRequest& request, long http_version);
    /// Goes on its way among these connections. @throws std::bad_alloc
    void join(Pool& pool);
    void leave() noexcept;
    /// Where it is on its way; null where it is not.
    [[nodiscard]] Pool* pool() const noexcept { return pool_; }
    /// What came of it.
    [[nodiscard]] Transfer conclude(CURLcode code);

    /// Whether half of the time that it was given is over.
    [[nodiscard]] bool has_waited_long() const noexcept;
    /// Whether the server takes such a request over HTTP/1.1 alone.
    [[nodiscard]] bool is_for_http_1() const noexcept { return course_.is_for_http_1; }

private:
    void set_callbacks();
    void set_url(const std::string& url);
    void set_method(HttpMethod method);
    void set_headers(const std::shared_ptr<const std::vector<HttpHeader>>& headers);
    [[nodiscard]] long number(CURLINFO info) const noexcept;
    /// Whether the host of the last request is reached by a proxy.
    [[nodiscard]] bool asks_a_proxy() const;
    [[nodiscard]] TransportError failure_of(CURLcode code) const;

    [[nodiscard]] bool take_body(std::string_view data);
    [[nodiscard]] bool take_header(std::string_view line);
    [[nodiscard]] bool has_unasked_answer(int local_port) const noexcept;
    [[nodiscard]] bool may_be_sent(int local_port);
    void take_note(std::string_view note) noexcept;

    static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);
    static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);
    static int before_request(void* self, char* ip, char* local_ip, int port, int local_port);
    static int on_progress(void* self, curl_off_t total, curl_off_t received, curl_off_t to_send, curl_off_t sent);
    static int on_note(CURL* easy, curl_infotype type, char* text, std::size_t size, void* self);

    struct HandleDeleter {
        void operator()(CURL* easy) const noexcept { curl_easy_cleanup(easy); }
    };
    struct ListDeleter {
        void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
    };

    std::optional<UrlParts> parts_{}; ///< Of the origin; outlives the easy handle that uses them.
    std::string origin_{};            ///< Scheme, host and port of the requests.
    std::unique_ptr<CURL, HandleDeleter> easy_;
    std::unique_ptr<curl_slist, ListDeleter> header_list_{};
    std::shared_ptr<const std::vector<HttpHeader>> headers_{}; // what header_list_ was made of
    std::array<char, CURL_ERROR_SIZE> message_{};
    const std::size_t max_response_bytes_;
    const OpenSockets& sockets_;
    const bool is_proxy_of_options_;
    const bool is_proxy_of_environment_;
    Authorities authorities_;

    TransferId id_ = 0;
    Pool* pool_ = nullptr;
    std::string request_body_{};
    Clock::time_point half_time_{};
    HttpResponse response_{};

    /// What has come of a request until now.
    struct Course {
        int times_sent = 0;
        std::uint64_t connection = 0; ///< Names the one that the request went to.
        std::size_t head_bytes = 0;   ///< Of interim answers and trailers too.
        bool is_head_complete = false;
        bool is_head_too_large = false;
        bool is_body_too_large = false;
        bool is_out_of_memory = false;
        bool is_refused = false; ///< The server has not processed the request, and says so.
        bool is_for_http_1 = false;
        bool was_cut_off = false; ///< libcurl wanted to send the request a second time.
    };
    Course course_{};
};

} // namespace fathom::detail::curl
