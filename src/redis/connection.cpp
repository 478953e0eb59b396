#include "connection.hpp"

#include <hiredis/hiredis.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "../platform/broken_pipe.hpp"
#include "../platform/signals_wait.hpp"
#include "script.hpp"

namespace fathom::redis::detail {

namespace {

/// A socket's time-out of zero would mean none.
constexpr std::chrono::milliseconds shortest_timeout{1};

timeval to_timeval(std::chrono::microseconds duration) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(duration);
    timeval value{};
    value.tv_sec = static_cast<decltype(value.tv_sec)>(seconds.count());
    value.tv_usec = static_cast<decltype(value.tv_usec)>((duration - seconds).count());
    return value;
}

} // namespace

/// What the server answered; errors included.
class Connection::Reply {
public:
    explicit Reply(redisReply* reply) : reply_(reply, &freeReplyObject) {}

    [[nodiscard]] int type() const noexcept { return reply_->type; }
    /// Of a string, a status or an error; else empty.
    [[nodiscard]] std::string text() const {
        return reply_->str == nullptr ? std::string() : std::string(reply_->str, reply_->len);
    }
    [[nodiscard]] bool is_error() const noexcept { return type() == REDIS_REPLY_ERROR; }
    [[nodiscard]] bool says_that_script_is_unknown() const { return is_error() && text().starts_with("NOSCRIPT"); }
    /// Of an array of strings; else none.
    [[nodiscard]] Words words() const {
        Words words;
        if (type() != REDIS_REPLY_ARRAY) return words;
        for (std::size_t i = 0; i < reply_->elements; ++i) {
            const redisReply& element = *reply_->element[i];
            if (element.type != REDIS_REPLY_STRING) return {};
            words.emplace_back(element.str, element.len);
        }
        return words;
    }

private:
    std::unique_ptr<redisReply, void (*)(void*)> reply_;
};

void Connection::ContextDeleter::operator()(redisContext* context) const noexcept { redisFree(context); }

Connection::Connection(RedisOptions options) : options_(std::move(options)) {
    options_.timeout = std::max(options_.timeout, shortest_timeout);
}

void Connection::begin_turn() noexcept { turn_ends_at_ = Clock::now() + options_.timeout; }

std::chrono::milliseconds Connection::left_of_turn() const noexcept {
    return std::chrono::ceil<std::chrono::milliseconds>(turn_ends_at_ - Clock::now());
}

std::variant<Connection::Words, Lost> Connection::run_script(const std::vector<std::string>& keys,
                                                             const std::vector<std::string>& arguments,
                                                             std::size_t expected_words) {
    if (std::optional<Lost> lost = connect()) return *std::move(lost);
    constexpr int most_tries = 2; // a server that was restarted or told to has forgotten the script
    for (int left = most_tries; left > 0; --left) {
        if (script_sha_.empty()) {
            if (std::optional<Lost> lost = load_script()) return *std::move(lost);
        }
        std::vector<std::string> words{"EVALSHA", script_sha_, std::to_string(keys.size())};
        words.insert(words.end(), keys.begin(), keys.end());
        words.insert(words.end(), arguments.begin(), arguments.end());
        auto answer = send(words);
        if (auto* lost = std::get_if<Lost>(&answer)) return std::move(*lost);
        const auto& reply = std::get<Reply>(answer);
        if (reply.says_that_script_is_unknown()) {
            script_sha_.clear();
            continue;
        }
        if (reply.is_error()) return lose(reply.text());
        Words answered = reply.words();
        if (answered.size() != expected_words) return lose("it gave an answer that Redis does not give");
        return answered;
    }
    return lose("it does not keep scripts");
}

std::optional<Lost> Connection::connect() {
    if (context_) return std::nullopt;
    if (Clock::now() < not_before_) return last_failure_;
    if (options_.tls && !tls_) {
        auto tls = make_tls(*options_.tls, options_.host);
        if (!tls) {
            lose(tls.error().message, tls.error().kind);
            last_failure_.fields = tls.error().fields;
            return last_failure_;
        }
        tls_ = *std::move(tls);
    }
    if (std::optional<Lost> lost = open()) return lost;
    if (std::optional<Lost> lost = start_tls()) return lost;
    if (std::optional<Lost> lost = greet()) return lost;
    ++generation_;
    return std::nullopt;
}

/// hiredis would look a name up for as long as that takes.
std::optional<Lost> Connection::open() {
    if (!lookup_) lookup_.emplace(options_.host);
    const auto addresses = lookup_->wait_until(turn_ends_at_);
    if (!addresses) return lose("its name is still being looked up");
    lookup_.reset(); // the next time it may have moved
    if (addresses->empty()) return lose("its name has no address");
    const fathom::detail::SignalsWait while_it_connects;
    for (const bool is_six : {false, true}) { // IPv4 first, as hiredis has it
        for (const std::string& address : *addresses) {
            if (is_six != (address.find(':') != std::string::npos)) continue;
            const auto left = std::max(left_of_turn(), shortest_timeout);
            context_.reset(redisConnectWithTimeout(address.c_str(), options_.port, to_timeval(left)));
            if (context_ && context_->err == 0) return std::nullopt;
        }
    }
    return lose(failure());
}

std::optional<Lost> Connection::start_tls() {
    if (!tls_) return std::nullopt;
    const fathom::detail::BrokenPipeIsAnError while_it_writes;
    redisSetTimeout(context_.get(), to_timeval(std::max(left_of_turn(), shortest_timeout)));
    const std::optional<std::string> refused = tls_->start(*context_);
    if (!refused) return std::nullopt;
    const bool is_late = left_of_turn() <= shortest_timeout;
    return lose(is_late ? failure() : "no TLS: " + *refused, is_late ? ErrorKind::network : ErrorKind::tls);
}

std::optional<Lost> Connection::greet() {
    std::vector<std::vector<std::string>> greetings;
    if (!options_.username.empty()) {
        greetings.push_back({"AUTH", options_.username, options_.password});
    } else if (!options_.password.empty()) {
        greetings.push_back({"AUTH", options_.password});
    }
    if (options_.database != 0) greetings.push_back({"SELECT", std::to_string(options_.database)});
    for (const auto& greeting : greetings) {
        const auto answer = send(greeting);
        if (const auto* lost = std::get_if<Lost>(&answer)) return *lost;
        if (std::get<Reply>(answer).is_error()) return lose(std::get<Reply>(answer).text());
    }
    return std::nullopt;
}

std::optional<Lost> Connection::load_script() {
    const auto answer = send({"SCRIPT", "LOAD", std::string(limiter_script)});
    if (const auto* lost = std::get_if<Lost>(&answer)) return *lost;
    const auto& reply = std::get<Reply>(answer);
    if (reply.type() != REDIS_REPLY_STRING)
        return lose(reply.is_error() ? reply.text() : "it gave an answer that Redis does not give");
    script_sha_ = reply.text();
    return std::nullopt;
}

std::variant<Connection::Reply, Lost> Connection::send(const std::vector<std::string>& words) {
    std::vector<const char*> texts;
    std::vector<std::size_t> sizes;
    for (const std::string& word : words) {
        texts.push_back(word.data());
        sizes.push_back(word.size());
    }
    const auto left = left_of_turn();
    if (left < shortest_timeout) return lose(failure());
    const fathom::detail::SignalsWait while_it_waits;
    const fathom::detail::BrokenPipeIsAnError while_it_writes;
    redisSetTimeout(context_.get(), to_timeval(left));
    void* reply = redisCommandArgv(context_.get(), static_cast<int>(words.size()), texts.data(), sizes.data());
    if (reply == nullptr) return lose(failure());
    return Reply(static_cast<redisReply*>(reply));
}

/// hiredis calls a time-out "Resource temporarily unavailable".
std::string Connection::failure() const {
    if (left_of_turn() <= shortest_timeout)
        return "no answer within " + std::to_string(options_.timeout.count()) + " ms";
    return context_ ? context_->errstr : "out of memory";
}

Lost Connection::lose(const std::string& why, ErrorKind kind) {
    last_failure_ = {
        "cannot use Redis at " + options_.host + ":" + std::to_string(options_.port) + ": " + why, kind, {}};
    not_before_ = Clock::now() + options_.reconnect_interval;
    context_.reset();
    return last_failure_;
}

} // namespace fathom::redis::detail
