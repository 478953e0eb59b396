/// @file
/// A connection to Redis that runs the limiter's script; the only room that sees hiredis.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <fathom/redis/redis_rate_limiter.hpp>

struct redisContext;

namespace fathom::redis::detail {

/// Why a command gave no answer.
struct Lost {
    std::string why;
};

/// Connects when it is needed, and again after a loss. Not safe from several threads.
class Connection {
public:
    using Clock = std::chrono::steady_clock;
    using Numbers = std::vector<std::int64_t>;

    explicit Connection(const RedisOptions& options) : options_(options) {}

    /// Connects unless that is done, or was tried in vain just now.
    [[nodiscard]] std::optional<Lost> connect();
    /// Counts the connections.
    [[nodiscard]] int generation() const noexcept { return generation_; }
    /// Runs the script; gives its numbers.
    [[nodiscard]] std::variant<Numbers, Lost> run_script(const std::vector<std::string>& keys,
                                                         const std::vector<std::string>& arguments);

private:
    struct Closer {
        void operator()(redisContext* context) const noexcept;
    };

    [[nodiscard]] Lost lose(std::string why);
    [[nodiscard]] std::variant<Numbers, Lost> command(const std::vector<std::string>& words, bool& is_script_unknown);

    RedisOptions options_;
    std::unique_ptr<redisContext, Closer> context_{};
    int generation_ = 0;
    std::string script_sha_{};
    Clock::time_point not_before_{};
    std::string last_failure_{};
};

} // namespace fathom::redis::detail
