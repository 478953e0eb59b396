#include "exchange.hpp"

#include <algorithm>
#include <charconv>
#include <new>
#include <string_view>
#include <utility>

#include "library.hpp"

namespace fathom::detail::curl {

namespace {

void set_constant_options(CURL* easy, const ConnectionOptions& options) {
    restrict_protocols(easy);
    allow_quick_exit(easy);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, ""); // whatever libcurl can decompress
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.connect_timeout.count()));
}

std::unique_ptr<curl_slist, void (*)(curl_slist*)> no_list() { return {nullptr, curl_slist_free_all}; }

/// Appends a line to a list; libcurl gives the same list back, or nothing when memory ran out.
template <class List>
void append(List& list, const std::string& line) {
    curl_slist* const longer = curl_slist_append(list.get(), line.c_str());
    if (longer == nullptr) throw std::bad_alloc();
    static_cast<void>(list.release());
    list.reset(longer);
}

/// The header that libcurl would write, which it does in two steps that cost more than the rest of its work on the header
/// lines.
const std::string& accepted_encodings() {
    static const std::string line = [] {
        const int features = curl_version_info(CURLVERSION_NOW)->features;
        std::string names = "Accept-Encoding: gzip";
        if ((features & CURL_VERSION_BROTLI) != 0) names += ", br";
        if ((features & CURL_VERSION_ZSTD) != 0) names += ", zstd";
        return names;
    }();
    return line;
}

bool is_tls_failure(CURLcode code) {
    switch (code) {
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CRL_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_ENGINE_NOTFOUND:
    case CURLE_SSL_ENGINE_SETFAILED:
    case CURLE_SSL_ENGINE_INITFAILED:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_USE_SSL_FAILED: return true;
    default: return false;
    }
}

} // namespace

Exchange::Exchange(const ConnectionOptions& options, const Authorities& authorities)
    : easy_(curl_easy_init()), max_response_bytes_(options.max_response_bytes), authorities_(authorities) {
    if (!easy_) throw std::bad_alloc();
    CURL* const easy = easy_.get();
    curl::trust(easy, authorities);
    set_constant_options(easy, options);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, this);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, message_.data());
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Exchange::on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &Exchange::on_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, &Exchange::before_request);
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, this);
    const bool is_left_to_environment = options.proxy.empty() && environment_names_proxy();
    if (!is_left_to_environment) curl_easy_setopt(easy, CURLOPT_PROXY, options.proxy.c_str());
}

void Exchange::trust(const Authorities& authorities) {
    if (authorities == authorities_) return;
    curl::trust(easy_.get(), authorities);
    authorities_ = authorities;
}

void Exchange::prepare(TransferId id, const HttpRequest& request) {
    id_ = id;
    request_body_ = request.body;
    response_ = {};
    times_sent_ = 0;
    is_too_large_ = false;
    was_cut_off_ = false;
    message_.front() = '\0';

    CURL* const easy = easy_.get();
    const bool is_plain = request.url.starts_with("http:");
    // Plain http is for this machine: a proxy would see the key.
    if (is_plain) curl_easy_setopt(easy, CURLOPT_PROXY, "");
    const bool is_url = url_.set(request.url);
    curl_easy_setopt(easy, CURLOPT_CURLU, is_url ? url_.handle() : nullptr);
    if (!is_url) curl_easy_setopt(easy, CURLOPT_URL, request.url.c_str()); // libcurl says what is wrong with it
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, request.fresh_connection ? 1L : 0L);
    curl_easy_setopt(easy, CURLOPT_PIPEWAIT, is_plain ? 0L : 1L); // rather share a connection than open another one
    set_method(request.method);
    set_headers(request.headers);
}

void Exchange::set_method(HttpMethod method) {
    CURL* const easy = easy_.get();
    if (request_body_.empty() && method != HttpMethod::post) {
        curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
    } else {
        curl_easy_setopt(easy, CURLOPT_POST, 1L);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_body_.size()));
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request_body_.c_str());
    }
    const bool is_usual = method == HttpMethod::get || method == HttpMethod::post;
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, is_usual ? nullptr : to_string(method).data());
}

void Exchange::set_headers(const std::shared_ptr<const std::vector<HttpHeader>>& headers) {
    if (headers == headers_) return;
    auto list = no_list();
    append(list, "Expect:"); // bodies are small: asking first would only cost a round trip
    append(list, accepted_encodings());
    if (headers) {
        for (const HttpHeader& header : *headers) append(list, header.name + ": " + header.value);
    }
    curl_easy_setopt(easy_.get(), CURLOPT_HTTPHEADER, list.get());
    header_list_.reset(list.release());
    headers_ = headers;
}

Transfer Exchange::conclude(CURLcode code) {
    if (code != CURLE_OK) return {id_, failure_of(code)};
    long status = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
    response_.status = static_cast<int>(status);
    return {id_, std::move(response_)};
}

TransportError Exchange::failure_of(CURLcode code) const {
    TransportError failure{.message = message_.front() != '\0' ? message_.data() : curl_easy_strerror(code),
                           .request_sent = may_have_been_sent()};
    if (is_too_large_) {
        failure.kind = ErrorKind::response_too_large;
        failure.message = "the answer is larger than " + std::to_string(max_response_bytes_) +
                          " bytes; raise connection.max_response_bytes if that is expected";
    } else if (was_cut_off_) {
        failure.message = "the server closed the connection without an answer";
    } else if (code == CURLE_OPERATION_TIMEDOUT) {
        failure.kind = ErrorKind::timeout;
    } else if (is_tls_failure(code)) {
        failure.kind = ErrorKind::tls;
    }
    return failure;
}

std::size_t Exchange::take_body(const char* data, std::size_t size) {
    if (size > max_response_bytes_ - response_.body.size()) {
        is_too_large_ = true;
        return 0; // ends the transfer
    }
    response_.body.append(data, size);
    return size;
}

void Exchange::take_header(std::string_view line) {
    const bool is_status_line = line.starts_with("HTTP/");
    if (is_status_line) { // an interim answer may have come before
        response_.headers.clear();
    } else {
        response_.headers.append_line(line);
    }
}

std::size_t Exchange::on_body(char* data, std::size_t size, std::size_t count, void* self) {
    return static_cast<Exchange*>(self)->take_body(data, size * count);
}

std::size_t Exchange::on_header(char* data, std::size_t size, std::size_t count, void* self) {
    static_cast<Exchange*>(self)->take_header({data, size * count});
    return size * count;
}

int Exchange::before_request(void* self, char*, char*, int, int) {
    // When a connection that was kept dies unanswered, libcurl sends the request again on a new one, without a word.
    // That would take a second place in the limit, or create a thing twice, so whether to repeat is decided elsewhere.
    auto& exchange = *static_cast<Exchange*>(self);
    exchange.was_cut_off_ = exchange.times_sent_ > 0;
    if (exchange.was_cut_off_) return CURL_PREREQFUNC_ABORT;
    ++exchange.times_sent_;
    return CURL_PREREQFUNC_OK;
}

} // namespace fathom::detail::curl
