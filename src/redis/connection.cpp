#include "connection.hpp"

#include <hiredis/hiredis.h>

#include <charconv>
#include <string_view>
#include <utility>

#include "script.hpp"

namespace fathom::redis::detail {

namespace {

struct ReplyDeleter {
    void operator()(redisReply* reply) const noexcept { freeReplyObject(reply); }
};
using Reply = std::unique_ptr<redisReply, ReplyDeleter>;

timeval to_timeval(std::chrono::milliseconds duration) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(duration);
    timeval value{};
    value.tv_sec = static_cast<decltype(value.tv_sec)>(seconds.count());
    value.tv_usec = static_cast<decltype(value.tv_usec)>(std::chrono::microseconds(duration - seconds).count());
    return value;
}

Reply send(redisContext* context, const std::vector<std::string>& words) {
    std::vector<const char*> texts;
    std::vector<std::size_t> sizes;
    for (const std::string& word : words) {
        texts.push_back(word.data());
        sizes.push_back(word.size());
    }
    return Reply(static_cast<redisReply*>(
        redisCommandArgv(context, static_cast<int>(words.size()), texts.data(), sizes.data())));
}

std::string_view text_of(const redisReply& reply) { return {reply.str, reply.len}; }

std::int64_t number_of(const redisReply& reply) {
    if (reply.type == REDIS_REPLY_INTEGER) return reply.integer;
    std::int64_t number = 0;
    if (reply.type == REDIS_REPLY_STRING) std::from_chars(reply.str, reply.str + reply.len, number);
    return number;
}

} // namespace

void Connection::Closer::operator()(redisContext* context) const noexcept { redisFree(context); }

std::variant<Connection::Numbers, Lost> Connection::run_script(const std::vector<std::string>& keys,
                                                               const std::vector<std::string>& arguments) {
    if (std::optional<Lost> lost = connect()) return *std::move(lost);
    std::vector<std::string> words{"EVALSHA", script_sha_, std::to_string(keys.size())};
    words.insert(words.end(), keys.begin(), keys.end());
    words.insert(words.end(), arguments.begin(), arguments.end());

    bool is_script_unknown = script_sha_.empty();
    if (!is_script_unknown) {
        auto answer = command(words, is_script_unknown);
        if (!is_script_unknown) return answer;
    }
    // A server that was restarted has forgotten the script.
    const Reply loaded = send(context_.get(), {"SCRIPT", "LOAD", std::string(limiter_script)});
    if (!loaded || loaded->type != REDIS_REPLY_STRING)
        return lose(loaded ? std::string(text_of(*loaded)) : context_->errstr);
    script_sha_ = text_of(*loaded);
    words[1] = script_sha_;
    return command(words, is_script_unknown);
}

std::variant<Connection::Numbers, Lost> Connection::command(const std::vector<std::string>& words,
                                                            bool& is_script_unknown) {
    const Reply reply = send(context_.get(), words);
    if (!reply) return lose(context_->errstr);
    is_script_unknown = reply->type == REDIS_REPLY_ERROR && text_of(*reply).starts_with("NOSCRIPT");
    if (reply->type != REDIS_REPLY_ARRAY) return is_script_unknown ? Lost{} : lose(std::string(text_of(*reply)));
    Numbers numbers;
    for (std::size_t i = 0; i < reply->elements; ++i) numbers.push_back(number_of(*reply->element[i]));
    return numbers;
}

std::optional<Lost> Connection::connect() {
    if (context_) return std::nullopt;
    if (Clock::now() < not_before_) return Lost{last_failure_};
    context_.reset(redisConnectWithTimeout(options_.host.c_str(), options_.port, to_timeval(options_.timeout)));
    if (!context_) return lose("out of memory");
    if (context_->err != 0) return lose(context_->errstr);
    redisSetTimeout(context_.get(), to_timeval(options_.timeout));
    std::vector<std::vector<std::string>> greetings;
    if (!options_.password.empty()) greetings.push_back({"AUTH", options_.password});
    if (options_.database != 0) greetings.push_back({"SELECT", std::to_string(options_.database)});
    for (const auto& greeting : greetings) {
        const Reply reply = send(context_.get(), greeting);
        if (!reply) return lose(context_->errstr);
        if (reply->type == REDIS_REPLY_ERROR) return lose(std::string(text_of(*reply)));
    }
    ++generation_;
    return std::nullopt;
}

Lost Connection::lose(std::string why) {
    last_failure_ = std::move(why);
    not_before_ = Clock::now() + options_.reconnect_interval;
    context_.reset();
    return {last_failure_};
}

} // namespace fathom::redis::detail
