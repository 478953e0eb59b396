#include "exchange.hpp"

#include <algorithm>
#include <cstdint>
#include <exception>
#include <limits>
#include <new>
#include <utility>

#include "failure.hpp"
#include "library.hpp"
#include "no_proxy.hpp"

namespace fathom::detail::curl {

namespace {

void set_constant_options(CURL* easy, const ConnectionOptions& options) {
    restrict_protocols(easy);
    allow_quick_exit(easy);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, ""); // whatever libcurl can decompress
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPIDLE, 30L);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPINTVL, 5L);
    curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.connect_timeout.count()));
}

/// What proves to the server who the client is, and to the client who the server is.
void set_credentials(CURL* easy, const ConnectionOptions& options) {
    const auto set = [easy](CURLoption option, const std::string& text) {
        if (!text.empty()) curl_easy_setopt(easy, option, text.c_str());
    };
    set(CURLOPT_SSLCERT, options.client_certificate);
    set(CURLOPT_SSLKEY, options.client_key);
    set(CURLOPT_KEYPASSWD, options.client_key_password);
    set(CURLOPT_PINNEDPUBLICKEY, options.pinned_public_key);
    if (options.ca_pem.empty()) return;
    curl_blob pem{.data = const_cast<char*>(options.ca_pem.data()), // NOLINT(cppcoreguidelines-pro-type-const-cast)
                  .len = options.ca_pem.size(),
                  .flags = CURL_BLOB_COPY};
    curl_easy_setopt(easy, CURLOPT_CAINFO_BLOB, &pem);
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

/// Of one answer, with its interim answers and trailers. No server needs that much.
constexpr std::size_t most_head_bytes = std::size_t{256} * 1024;

TransportError larger_than(std::string_view what, std::size_t most) {
    TransportError failure{.kind = ErrorKind::response_too_large};
    failure.message.append(what).append(" is larger than ").append(std::to_string(most)).append(" bytes");
    return failure;
}

} // namespace

Exchange::Exchange(const ConnectionOptions& options, const Authorities& authorities, OpenSockets& sockets)
    : easy_(curl_easy_init()), max_response_bytes_(options.max_response_bytes), sockets_(sockets),
      is_proxy_of_options_(!options.proxy.empty()),
      is_proxy_of_environment_(options.proxy.empty() && !environment_proxy().name.empty()), authorities_(authorities) {
    if (!easy_) throw std::bad_alloc();
    CURL* const easy = easy_.get();
    curl::trust(easy, authorities);
    set_constant_options(easy, options);
    set_credentials(easy, options);
    // What is announced as too large need not be waited for.
    const auto most = std::min<std::uint64_t>(max_response_bytes_, std::numeric_limits<curl_off_t>::max());
    if (most > 0) curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(most));
    set_callbacks();
    sockets.watch(easy);
    if (!is_proxy_of_environment_) curl_easy_setopt(easy, CURLOPT_PROXY, options.proxy.c_str());
    // Else libcurl would except the environment's `no_proxy` from the program's own proxy too.
    if (!options.proxy.empty()) curl_easy_setopt(easy, CURLOPT_NOPROXY, "");
}

void Exchange::set_callbacks() {
    CURL* const easy = easy_.get();
    curl_easy_setopt(easy, CURLOPT_PRIVATE, this);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, message_.data());
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Exchange::on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &Exchange::on_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, &Exchange::before_request);
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, this);
    curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, &Exchange::on_progress);
    curl_easy_setopt(easy, CURLOPT_XFERINFODATA, this);
    curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, &Exchange::on_note);
    curl_easy_setopt(easy, CURLOPT_DEBUGDATA, this);
}

void Exchange::trust(const Authorities& authorities) {
    if (authorities == authorities_) return;
    curl::trust(easy_.get(), authorities);
    authorities_ = authorities;
}

void Exchange::prepare(TransferId id, const HttpRequest& request, long http_version) {
    id_ = id;
    request_body_ = request.body;
    half_time_ = Clock::now() + request.timeout / 2;
    response_ = {};
    course_ = {};
    message_.front() = '\0';

    CURL* const easy = easy_.get();
    const bool is_plain = request.url.starts_with("http:");
    // Plain http is for this machine: a proxy would see the key.
    if (is_plain) curl_easy_setopt(easy, CURLOPT_PROXY, "");
    set_url(request.url);
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, http_version);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, request.fresh_connection ? 1L : 0L);
    curl_easy_setopt(easy, CURLOPT_PIPEWAIT, is_plain ? 0L : 1L); // rather share a connection than open another one
    curl_easy_setopt(easy, CURLOPT_VERBOSE, 0L);
    set_method(request.method);
    set_headers(request.headers);
}

void Exchange::join(Pool& pool) {
    pool.add(easy_.get());
    pool_ = &pool;
}

void Exchange::leave() noexcept {
    if (pool_ != nullptr) std::exchange(pool_, nullptr)->remove(easy_.get());
}

bool Exchange::has_waited_long() const noexcept { return Clock::now() >= half_time_; }

/// libcurl takes a URL apart and puts it together for each request, which is a fifth of all that it does for a short one
/// (7.88: 18,000 of 90,000 instructions), and spells some of it in its own way. So it is told the origin alone, and that once.
void Exchange::set_url(const std::string& url) {
    const std::size_t path = std::min(url.find('/', url.find("//") + 2), url.size());
    if (url.compare(0, path, origin_) != 0) {
        parts_ = UrlParts::of(url.substr(0, path), 0);
        origin_ = url.substr(0, path);
        curl_easy_setopt(easy_.get(), CURLOPT_CURLU, parts_ ? parts_->handle() : nullptr);
    }
    curl_easy_setopt(easy_.get(), CURLOPT_REQUEST_TARGET, path < url.size() ? url.c_str() + path : "/");
}

void Exchange::set_method(HttpMethod method) {
    CURL* const easy = easy_.get();
    const bool is_post = !request_body_.empty() || method == HttpMethod::post; // to libcurl
    if (!is_post) {
        curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
    } else {
        curl_easy_setopt(easy, CURLOPT_POST, 1L);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_body_.size()));
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request_body_.c_str());
    }
    const bool is_usual = method == (is_post ? HttpMethod::post : HttpMethod::get);
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, is_usual ? nullptr : to_string(method).data());
}

void Exchange::set_headers(const std::shared_ptr<const std::vector<HttpHeader>>& headers) {
    if (headers == headers_) return;
    auto list = no_list();
    append(list, "Expect:"); // bodies are small: asking first would only cost a round trip
    if (headers) {
        for (const HttpHeader& header : *headers) append(list, header.name + ": " + header.value);
    }
    curl_easy_setopt(easy_.get(), CURLOPT_HTTPHEADER, list.get());
    header_list_.reset(list.release());
    headers_ = headers;
}

Transfer Exchange::conclude(CURLcode code) {
    const bool is_whole = course_.is_head_complete && number(CURLINFO_RESPONSE_CODE) >= 200;
    if (code == CURLE_OK && is_whole) {
        response_.status = static_cast<int>(number(CURLINFO_RESPONSE_CODE));
        return {id_, std::move(response_)};
    }
    TransportError failure = failure_of(code);
    failure.connection = course_.connection;
    return {id_, std::move(failure)};
}

long Exchange::number(CURLINFO info) const noexcept {
    long value = 0;
    curl_easy_getinfo(easy_.get(), info, &value);
    return value;
}

bool Exchange::asks_a_proxy() const {
    if (!parts_ || parts_->get(CURLUPART_SCHEME) != "https") return false;
    if (is_proxy_of_options_) return true;
    return is_proxy_of_environment_ && !is_excepted(parts_->get(CURLUPART_HOST), environment_no_proxy());
}

TransportError Exchange::failure_of(CURLcode code) const {
    if (course_.is_out_of_memory) return {.kind = ErrorKind::internal, .message = "memory ran out"};
    if (course_.is_head_too_large) return larger_than("the head of the answer", most_head_bytes);
    if (course_.is_body_too_large || code == CURLE_FILESIZE_EXCEEDED) {
        TransportError failure = larger_than("the answer", max_response_bytes_);
        failure.message += "; raise connection.max_response_bytes if that is expected";
        return failure;
    }
    if (course_.was_cut_off) return {.message = "the server closed the connection without an answer"};
    // Where a connection ends inside the head, libcurl takes what has come for the whole of it.
    if (code == CURLE_OK) return {.message = "the server closed the connection inside the head of its answer"};
    return explain({.code = code,
                    .message = message_.front() != '\0' ? message_.data() : curl_easy_strerror(code),
                    .verify_result = number(CURLINFO_SSL_VERIFYRESULT),
                    .proxy_status = number(CURLINFO_HTTP_CONNECTCODE),
                    .proxy_error = number(CURLINFO_PROXY_ERROR),
                    .asks_a_proxy = asks_a_proxy(),
                    .was_sent = may_have_been_sent(),
                    .has_head_begun = course_.head_bytes > 0});
}

bool Exchange::take_body(std::string_view data) {
    course_.is_body_too_large = data.size() > max_response_bytes_ - response_.body.size();
    if (!course_.is_body_too_large) response_.body.append(data);
    return !course_.is_body_too_large;
}

bool Exchange::take_header(std::string_view line) {
    course_.head_bytes += line.size();
    course_.is_head_too_large = course_.head_bytes > most_head_bytes;
    if (course_.is_head_too_large) return false;
    if (line.starts_with("HTTP/")) { // an interim answer may have come before
        pool_->note_http_1(line.starts_with("HTTP/1."));
        response_.headers.clear();
        course_.is_head_complete = false;
    } else if (line == "\r\n" || line == "\n") {
        course_.is_head_complete = true;
    } else {
        response_.headers.append_line(line);
    }
    return true;
}

/// Whether something has come on a kept connection, which libcurl would take for the answer to the request that is to leave.
bool Exchange::has_unasked_answer(int local_port) const noexcept {
    const bool is_kept = number(CURLINFO_NUM_CONNECTS) == 0;
    return is_kept && pool_->speaks_http_1() && sockets_.has_unread(local_port);
}

/// When a connection that was kept dies unanswered, libcurl sends the request again on a new one, without a word. That would
/// take a second place in the limit, or create a thing twice, so whether to repeat is decided elsewhere. What the server
/// has provably not processed may go again (RFC 9113, 8.7).
bool Exchange::may_be_sent(int local_port) {
    const bool is_repeated = course_.times_sent > 0 && !std::exchange(course_.is_refused, false);
    course_.was_cut_off = is_repeated || has_unasked_answer(local_port);
    if (course_.was_cut_off) return false;
    ++course_.times_sent;
    course_.connection = static_cast<std::uint64_t>(local_port);
    // libcurl tells in words alone that a stream was refused.
    curl_easy_setopt(easy_.get(), CURLOPT_VERBOSE, 1L);
    return true;
}

void Exchange::take_note(std::string_view note) noexcept {
    const bool is_for_http_1 = note.starts_with("Downgrades to HTTP/1.1");
    if (is_for_http_1) course_.is_for_http_1 = true;
    // Where no other request is on the connection, libcurl before 8.1 makes a plain failure of the GOAWAY that refuses it.
    const bool has_taken_none =
        note.find("GOAWAY, error=") != std::string_view::npos && note.find("last_stream=0") != std::string_view::npos;
    if (is_for_http_1 || has_taken_none || note.starts_with("REFUSED_STREAM")) course_.is_refused = true;
}

namespace {

/// Calls back without letting an exception pass through libcurl. @return what the call gave; false where it threw
template <class Call>
bool held(bool& is_out_of_memory, const Call& call) noexcept {
    try {
        return call();
    } catch (const std::exception&) {
        is_out_of_memory = true;
        return false;
    }
}

} // namespace

std::size_t Exchange::on_body(char* data, std::size_t size, std::size_t count, void* self) {
    auto& exchange = *static_cast<Exchange*>(self);
    const std::string_view body(data, size * count);
    return held(exchange.course_.is_out_of_memory, [&] { return exchange.take_body(body); }) ? body.size() : 0;
}

std::size_t Exchange::on_header(char* data, std::size_t size, std::size_t count, void* self) {
    auto& exchange = *static_cast<Exchange*>(self);
    const std::string_view line(data, size * count);
    return held(exchange.course_.is_out_of_memory, [&] { return exchange.take_header(line); }) ? line.size() : 0;
}

int Exchange::before_request(void* self, char*, char*, int, int local_port) {
    return static_cast<Exchange*>(self)->may_be_sent(local_port) ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

int Exchange::on_progress(void* self, curl_off_t, curl_off_t received, curl_off_t, curl_off_t) {
    auto& exchange = *static_cast<Exchange*>(self);
    // Before decompression: what comes out of it may be nothing, for as long as the server likes.
    const bool is_too_large = static_cast<std::uint64_t>(received) > exchange.max_response_bytes_;
    if (is_too_large) exchange.course_.is_body_too_large = true;
    return is_too_large ? 1 : 0;
}

int Exchange::on_note(CURL*, curl_infotype type, char* text, std::size_t size, void* self) {
    if (type == CURLINFO_TEXT) static_cast<Exchange*>(self)->take_note({text, size});
    return 0;
}

} // namespace fathom::detail::curl
