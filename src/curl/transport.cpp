#include "transport.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "../platform/readiness.hpp"
#include "authorities.hpp"
#include "connection_checks.hpp"
#include "exchange.hpp"
#include "library.hpp"
#include "open_sockets.hpp"
#include "pool.hpp"
#include "socket_events.hpp"

namespace fathom::detail::curl {

namespace {

/// All exchanges of a client on one libcurl multi handle, which keeps the connections.
class CurlTransport final : public Transport {
public:
    explicit CurlTransport(ConnectionOptions options)
        : options_(std::move(options)), sockets_(std::max(longest_silence, options_.connect_timeout)),
          authorities_(named_authorities(options_)),
          are_authorities_named_(!authorities_.empty() || !options_.ca_pem.empty()) {
        if (!are_authorities_named_) authorities_ = system_folder();
        idle_.reserve(most_idle);
    }
    CurlTransport(const CurlTransport&) = delete;
    CurlTransport& operator=(const CurlTransport&) = delete;
    ~CurlTransport() override {
        for (const auto& [id, exchange] : running_) exchange->leave();
    }

    [[nodiscard]] bool is_valid() const noexcept { return waiter_.is_valid(); }

    void start(TransferId id, const HttpRequest& request) override {
        std::unique_ptr<Exchange> exchange = idle_exchange();
        exchange->trust(authorities_);
        exchange->prepare(id, request, http_version_);
        Pool& pool = trusted_pool();
        Exchange& started = *running_.emplace(id, std::move(exchange)).first->second;
        try {
            started.join(pool);
        } catch (const std::bad_alloc&) {
            running_.erase(id);
            throw;
        }
    }

    bool abort(TransferId id) override {
        const auto found = running_.find(id);
        if (found == running_.end()) return true;
        Exchange& exchange = *found->second;
        const bool may_have_been_sent = exchange.may_have_been_sent();
        // Who gives up at a deadline counted from an earlier moment than this, by as much as a busy machine held it up. Who gives
        // up before it and has waited long loses a connection that is no longer much good.
        if (may_have_been_sent && exchange.has_waited_long()) exchange.pool()->suspect();
        remove(exchange, false);
        return may_have_been_sent;
    }

    void poll(Clock::duration longest, std::vector<Transfer>& ended) override {
        if (readiness_) readiness_->clear();
        advance();
        if (collect(ended)) return;
        looked_at_.clear();
        for (const auto& pool : pools_) looked_at_.push_back(&pool->events());
        waiter_.wait(std::chrono::ceil<std::chrono::milliseconds>(longest), looked_at_);
        advance();
        collect(ended);
    }

    void wake() noexcept override {
        waiter_.wake();
        if (readiness_) readiness_->ring();
    }

    int descriptor() override {
        readiness_ = make_readiness();
        return readiness_ ? readiness_->descriptor() : -1;
    }

    [[nodiscard]] std::optional<Clock::time_point> next_due() const override {
        // Without a descriptor nobody tells what happens at the sockets, so they are looked at now and then.
        std::optional<Clock::time_point> next = readiness_ ? std::nullopt : Transport::next_due();
        for (const auto& pool : pools_) {
            if (const auto due = pool->events().next_due()) next = std::min(*due, next.value_or(*due));
        }
        return next;
    }

private:
    static constexpr std::size_t most_idle = 64;
    static constexpr std::chrono::milliseconds longest_silence{20'000};

    static Authorities named_authorities(const ConnectionOptions& options) {
        if (!options.ca_pem.empty()) return {};
        return options.ca_file.empty() ? environment_authorities() : Authorities{.file = options.ca_file};
    }

    /// The last one, unless it is suspect.
    Pool& trusted_pool() {
        if (pools_.empty() || pools_.back()->is_suspect()) pools_.push_back(std::make_unique<Pool>(readiness_.get()));
        return *pools_.back();
    }

    void advance() {
        // More calls than connections: some share one, and their requests may leave together.
        const bool may_share = running_.size() > sockets_.count();
        if (may_share) sockets_.hold_back();
        for (const auto& pool : pools_) pool->events().handle();
        if (may_share) sockets_.send_held_back();
    }

    bool collect(std::vector<Transfer>& ended) {
        const std::size_t before = ended.size();
        for (const auto& pool : pools_) collect(*pool, ended);
        std::erase_if(pools_, [](const auto& pool) { return pool->is_suspect() && pool->running() == 0; });
        return ended.size() > before;
    }

    void collect(Pool& pool, std::vector<Transfer>& ended) {
        int left = 0;
        while (true) {
            // libcurl tells each end once, so there must be room for it before.
            if (ended.size() == ended.capacity()) ended.reserve(2 * ended.size() + 1);
            const CURLMsg* const message = curl_multi_info_read(pool.multi(), &left);
            if (message == nullptr) return;
            if (message->msg != CURLMSG_DONE) continue;
            const CURLcode code = message->data.result;
            Exchange& exchange = exchange_of(message->easy_handle);
            if (code == CURLE_PEER_FAILED_VERIFICATION && ask_file_too(exchange)) continue;
            ended.push_back(exchange.conclude(code));
            learn_from(exchange, ended.back());
            remove(exchange, code == CURLE_OK && exchange.was_sent_once());
        }
    }

    void learn_from(const Exchange& exchange, const Transfer& end) {
        // What is too large may be on its way still, and libcurl would read all of it before the next answer.
        const bool has_broken =
            end.error && (end.error->kind == ErrorKind::network || end.error->kind == ErrorKind::timeout ||
                          end.error->kind == ErrorKind::response_too_large);
        if (has_broken && exchange.may_have_been_sent()) exchange.pool()->suspect();
        if (!exchange.is_for_http_1()) return;
        exchange.pool()->suspect(); // it has connections over HTTP/2
        http_version_ = CURL_HTTP_VERSION_1_1;
    }

    /// An authority may stand in the system's file alone, so where the folder vouches for no server, the file decides. Until
    /// then nothing was sent.
    bool ask_file_too(Exchange& exchange) {
        const Authorities file = system_file();
        if (are_authorities_named_ || exchange.trusts_only_file() || file.file.empty()) return false;
        authorities_ = file;
        Pool& pool = *exchange.pool();
        exchange.leave();
        exchange.trust(authorities_);
        exchange.join(pool);
        return true;
    }

    static Exchange& exchange_of(CURL* easy) {
        Exchange* exchange = nullptr;
        curl_easy_getinfo(easy, CURLINFO_PRIVATE, &exchange);
        return *exchange;
    }

    /// Takes an exchange off its way. One that met nothing odd is kept for later: libcurl remembers in a handle that a stream
    /// was refused, and would send a later request twice for it.
    void remove(Exchange& exchange, bool is_as_new) noexcept {
        exchange.leave();
        const auto found = running_.find(exchange.id());
        if (is_as_new && idle_.size() < most_idle) idle_.push_back(std::move(found->second)); // has room
        running_.erase(found);
    }

    std::unique_ptr<Exchange> idle_exchange() {
        if (idle_.empty()) {
            return std::make_unique<Exchange>(options_, authorities_, sockets_);
        }
        std::unique_ptr<Exchange> exchange = std::move(idle_.back());
        idle_.pop_back();
        return exchange;
    }

    ConnectionOptions options_;
    std::unique_ptr<Readiness> readiness_{}; ///< Where a program waits in a loop of its own; outlives the pools.
    OpenSockets sockets_;                    // outlives the connections, which are the pools'
    std::vector<std::unique_ptr<Pool>> pools_{};
    SocketWaiter waiter_{};
    std::vector<SocketEvents*> looked_at_{}; // a member lest it be allocated each time
    Authorities authorities_;
    const bool are_authorities_named_;
    long http_version_ = CURL_HTTP_VERSION_2TLS;
    std::unordered_map<TransferId, std::unique_ptr<Exchange>> running_{};
    std::vector<std::unique_ptr<Exchange>> idle_{};
};

} // namespace

Result<std::shared_ptr<Transport>> make_transport(const ConnectionOptions& options, const std::string& base_url) {
    if (auto error = set_up_library()) return *std::move(error);
    if (auto error = check(options, base_url)) return *std::move(error);
    auto transport = std::make_shared<CurlTransport>(options);
    if (!transport->is_valid()) {
        return Error{.kind = ErrorKind::internal, .message = "libcurl cannot make a multi handle"};
    }
    return std::shared_ptr<Transport>(std::move(transport));
}

} // namespace fathom::detail::curl
