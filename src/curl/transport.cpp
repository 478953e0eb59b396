#include "transport.hpp"

#include <curl/curl.h>

#include <chrono>
#include <unordered_map>
#include <utility>
#include <vector>

#include "exchange.hpp"
#include "library.hpp"
#include "multi_handle.hpp"
#include "open_sockets.hpp"
#include "socket_events.hpp"

namespace fathom::detail::curl {

namespace {

/// All exchanges of a client on one libcurl multi handle, which keeps the connections.
class CurlTransport final : public Transport {
public:
    explicit CurlTransport(ConnectionOptions options)
        : options_(std::move(options)), multi_(curl_multi_init()), events_(multi_.get()),
          authorities_(options_.ca_file.empty() ? system_folder() : Authorities{.file = options_.ca_file}) {}
    ~CurlTransport() override {
        for (const auto& [id, exchange] : running_) curl_multi_remove_handle(multi_.get(), exchange->handle());
    }

    [[nodiscard]] bool is_valid() const noexcept { return multi_ && events_.is_valid(); }

    void start(TransferId id, const HttpRequest& request) override {
        std::unique_ptr<Exchange> exchange = idle_exchange();
        exchange->trust(authorities_);
        exchange->prepare(id, request);
        curl_multi_add_handle(multi_.get(), exchange->handle());
        running_.emplace(id, std::move(exchange));
        keep_connections();
    }

    bool abort(TransferId id) override {
        const auto found = running_.find(id);
        if (found == running_.end()) return true;
        const bool may_have_been_sent = found->second->may_have_been_sent();
        remove(found->second->handle());
        return may_have_been_sent;
    }

    void poll(Clock::duration longest, std::vector<Transfer>& ended) override {
        advance();
        if (collect(ended)) return;
        events_.wait(std::chrono::ceil<std::chrono::milliseconds>(longest));
        advance();
        collect(ended);
    }

    void wake() noexcept override { events_.wake(); }

private:
    static constexpr std::size_t most_idle = 64;

    /// Left to itself libcurl keeps four connections for each call under way, and closes the others as calls end. They are
    /// kept here, since as many calls will be under way again.
    void keep_connections() {
        const auto wanted = static_cast<long>(4 * running_.size());
        if (wanted <= most_connections_) return;
        most_connections_ = wanted;
        curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, most_connections_);
    }

    void advance() {
        // More calls than connections: some share one, and their requests may leave together.
        const bool may_share = running_.size() > sockets_.count();
        if (may_share) sockets_.hold_back();
        events_.handle();
        if (may_share) sockets_.send_held_back();
    }

    bool collect(std::vector<Transfer>& ended) {
        const std::size_t before = ended.size();
        int left = 0;
        while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
            if (message->msg != CURLMSG_DONE) continue;
            const CURLcode code = message->data.result;
            Exchange& exchange = exchange_of(message->easy_handle);
            if (code == CURLE_PEER_FAILED_VERIFICATION && ask_file_too(exchange)) continue;
            ended.push_back(exchange.conclude(code));
            remove(exchange.handle());
        }
        return ended.size() > before;
    }

    /// An authority may stand in the system's file alone, so where the folder vouches for no server, the file decides. Until
    /// then nothing was sent.
    bool ask_file_too(Exchange& exchange) {
        const Authorities file = system_file();
        if (exchange.trusts_only_file() || file.file.empty()) return false;
        authorities_ = file;
        curl_multi_remove_handle(multi_.get(), exchange.handle());
        exchange.trust(authorities_);
        curl_multi_add_handle(multi_.get(), exchange.handle());
        return true;
    }

    static Exchange& exchange_of(CURL* easy) {
        Exchange* exchange = nullptr;
        curl_easy_getinfo(easy, CURLINFO_PRIVATE, &exchange);
        return *exchange;
    }

    /// Takes an exchange off the multi handle and keeps it for later.
    void remove(CURL* easy) {
        curl_multi_remove_handle(multi_.get(), easy);
        const auto found = running_.find(exchange_of(easy).id());
        if (idle_.size() < most_idle) idle_.push_back(std::move(found->second));
        running_.erase(found);
    }

    std::unique_ptr<Exchange> idle_exchange() {
        if (idle_.empty()) {
            auto exchange = std::make_unique<Exchange>(options_, authorities_);
            sockets_.watch(exchange->handle());
            return exchange;
        }
        std::unique_ptr<Exchange> exchange = std::move(idle_.back());
        idle_.pop_back();
        return exchange;
    }

    ConnectionOptions options_;
    OpenSockets sockets_{}; // outlives the connections, which are the multi handle's
    MultiHandle multi_;
    SocketEvents events_;
    Authorities authorities_;
    long most_connections_ = 0;
    std::unordered_map<TransferId, std::unique_ptr<Exchange>> running_{};
    std::vector<std::unique_ptr<Exchange>> idle_{};
};

} // namespace

Result<std::shared_ptr<Transport>> make_transport(const ConnectionOptions& options) {
    if (auto error = set_up_library()) return *std::move(error);
    auto transport = std::make_shared<CurlTransport>(options);
    if (!transport->is_valid()) {
        return Error{.kind = ErrorKind::internal, .message = "libcurl cannot make a multi handle"};
    }
    return std::shared_ptr<Transport>(std::move(transport));
}

} // namespace fathom::detail::curl
