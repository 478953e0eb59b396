#include "redis_server.hpp"

#include <hiredis/hiredis.h>

#include <stdexcept>
#include <utility>

namespace fathom {

RedisServer::RedisServer(std::vector<std::string> arguments, Transport transport)
    : arguments_(std::move(arguments)), transport_(transport) {
    start();
}

void RedisServer::kill() {
    process_->kill();
    process_.reset();
}

void RedisServer::start() {
    std::vector<std::string> command{FATHOM_REDIS_SERVER, "--bind",  "127.0.0.1", "--save",   "", "--appendonly", "no",
                                     "--loglevel",        "warning", "--logfile", "/dev/null"};
    const std::vector<std::string> listens =
        transport_ == Transport::tls ? std::vector<std::string>{"--port", "0", "--tls-port", std::to_string(port_)}
                                     : std::vector<std::string>{"--port", std::to_string(port_)};
    command.insert(command.end(), listens.begin(), listens.end());
    command.insert(command.end(), arguments_.begin(), arguments_.end());
    process_.emplace(std::move(command));
    process_->wait_for_port(port_);
}

std::string RedisServer::command(const std::vector<std::string>& words) const {
    const std::unique_ptr<redisContext, void (*)(redisContext*)> context(redisConnect("127.0.0.1", port_), &redisFree);
    if (!context || context->err != 0) throw std::runtime_error("cannot connect to the test's Redis");
    std::vector<const char*> texts;
    for (const std::string& word : words) texts.push_back(word.c_str());
    auto* reply = static_cast<redisReply*>(
        redisCommandArgv(context.get(), static_cast<int>(texts.size()), texts.data(), nullptr));
    if (reply == nullptr) throw std::runtime_error("the test's Redis does not answer");
    std::string text = reply->str != nullptr ? reply->str : std::to_string(reply->integer);
    freeReplyObject(reply);
    return text;
}

} // namespace fathom
